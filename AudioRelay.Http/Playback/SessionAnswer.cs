using AudioRelay.Storage;

namespace AudioRelay.Http.Playback;

/// <summary>A section as the list of sessions shows it.</summary>
/// <param name="SectionId">Its id.</param>
/// <param name="StartId">Its first segment; 0 when it has none.</param>
/// <param name="EndId">Its last segment so far; 0 when it has none.</param>
/// <param name="TimestampMs">When it began.</param>
/// <param name="DurationMs">How long it is so far.</param>
/// <param name="Ended">Nothing more comes: it was ended, or nothing has been added for so long that nobody does (<see cref="SectionGrowth"/>).</param>
/// <param name="Continues">The section whose next sample is this one's first.</param>
/// <param name="Codec">What it holds.</param>
internal sealed record SessionAnswer(
    long SectionId,
    long StartId,
    long EndId,
    long TimestampMs,
    long DurationMs,
    bool Ended,
    long? Continues,
    string Codec
)
{
    public static SessionAnswer Of(SectionInfo section, long nowUs) =>
        new(
            section.Id,
            section.FirstSegmentId ?? 0,
            section.LastSegmentId ?? 0,
            section.StartTimestampMs,
            section.DurationMs,
            section.IsOver(nowUs),
            section.Continues,
            section.Codec
        );
}
