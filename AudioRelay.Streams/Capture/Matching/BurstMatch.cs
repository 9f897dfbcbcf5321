namespace AudioRelay.Streams.Capture.Matching;

/// <summary>The outcome of a burst match.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Drop">Frames at the beginning of the new connection that are not to be recorded.</param>
/// <param name="Run">How many of them, at the end of those, equal the end of the history; the ones in front are pre-roll.</param>
internal readonly record struct BurstMatch(BurstMatchKind Kind, int Drop, int Run)
{
    public static BurstMatch None => default;
}
