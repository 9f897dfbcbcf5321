namespace AudioRelay.TestKit.Net;

/// <summary>What a <see cref="ChaosProxy"/> can do to one piece of what passes.</summary>
public enum ChaosFault
{
    /// <summary>The connection ends in the middle of it, cleanly or with a reset.</summary>
    Cut,

    /// <summary>Nothing passes on its connection any more from its middle on, not even the end.</summary>
    HalfOpen,

    /// <summary>It arrives in packets of a few bytes.</summary>
    Slices,

    /// <summary>It arrives a while later.</summary>
    Delay,

    /// <summary>One bit of it is flipped.</summary>
    Corrupt,
}
