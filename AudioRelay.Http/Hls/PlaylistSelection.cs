using AudioRelay.Media.Hls;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>What goes into a playlist, before it is text.</summary>
/// <param name="Kind">How it may change.</param>
/// <param name="Ended">Nothing will be added.</param>
/// <param name="Segments">Its segments, in order.</param>
/// <param name="Sections">Their sections.</param>
internal sealed record PlaylistSelection(
    PlaylistKind Kind,
    bool Ended,
    IReadOnlyList<SegmentInfo> Segments,
    IReadOnlyDictionary<long, SectionInfo> Sections
)
{
    /// <summary>How long its longest segment is.</summary>
    public double LongestSeconds => Segments.Max(SecondsOf);

    public SectionInfo SectionOf(SegmentInfo segment) => Sections[segment.SectionId];

    public double SecondsOf(SegmentInfo segment) => (double)segment.DurationSamples / SectionOf(segment).Rate;
}
