namespace AudioRelay.Streams.Capture.Matching;

/// <summary>What a new connection's first frames are to what was recorded.</summary>
internal enum BurstMatchKind
{
    /// <summary>Nothing is known to repeat.</summary>
    None,

    /// <summary>They begin with a repeat, but whether more is missing behind it cannot be known: drop the repeat, begin a section.</summary>
    Repeat,

    /// <summary>They contain the end of what was recorded: drop up to it, and go on as if nothing had been.</summary>
    Splice,
}
