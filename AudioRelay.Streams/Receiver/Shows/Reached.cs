namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>How far a show came in one pass over everything.</summary>
internal enum Reached
{
    /// <summary>All that its recorder had is here, or another live receiver sees to it.</summary>
    Here,

    /// <summary>It is not.</summary>
    NotHere,

    /// <summary>This recorder has no such show, and nothing of it ever came from there: another one may be meant.</summary>
    NotOffered,
}
