namespace AudioRelay.Actors.Running;

/// <summary>Where a cell is between two instances.</summary>
/// <remarks>Vacant → Running → EndingChildren → WindingDown → Vacant → Running …, and Ended from Vacant.</remarks>
internal enum Phase
{
    /// <summary>No instance: before the first, or waiting for a decision or a delay.</summary>
    Vacant = 1,
    Running = 2,

    /// <summary>The instance handles nothing more; its children are ending.</summary>
    EndingChildren = 3,

    /// <summary>The children have ended; piped work and cleanup are returning.</summary>
    WindingDown = 4,
    Ended = 5,
}
