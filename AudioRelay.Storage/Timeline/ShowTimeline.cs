namespace AudioRelay.Storage.Timeline;

/// <summary>What was wanted of a range, what is kept, and what is missing. Inside the windows, coverage + gaps = window, exactly.</summary>
/// <param name="Range">The range that was asked about.</param>
/// <param name="Windows">Wanted stretches, clipped to the range, joined and in order.</param>
/// <param name="Coverage">Kept stretches, clipped to the range (not to the windows), joined and in order.</param>
/// <param name="Gaps">Windows minus coverage, with causes, in order.</param>
public sealed record ShowTimeline(
    UtcRange Range,
    IReadOnlyList<UtcRange> Windows,
    IReadOnlyList<UtcRange> Coverage,
    IReadOnlyList<Gap> Gaps
);
