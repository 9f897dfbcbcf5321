using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>Sound that has been fetched, and whose journal has been too.</summary>
/// <param name="Sound">What came.</param>
/// <param name="FromId">The first id that was asked for.</param>
/// <param name="Goal">How far the source was known to reach then.</param>
internal sealed record FetchedPull(SegmentBatch Sound, long FromId, SourceHead Goal)
{
    /// <summary>Where the next one goes on.</summary>
    public long NextId => Sound.Segments.Count == 0 ? FromId : Sound.Segments[^1].Id + 1;

    /// <summary>True when everything is here with it.</summary>
    public bool IsLast => NextId > Goal.MaxId;

    /// <summary>True when nothing came of a range that was said to hold something.</summary>
    public bool IsMissing => Sound.Segments.Count == 0 && !IsLast;

    /// <summary>The section up to whose end the journal goes with it; null: all of the journal.</summary>
    public long? LastSection => IsLast || IsMissing ? null : Sound.Segments[^1].SectionId;
}
