using AudioRelay.Storage;

namespace AudioRelay.Http.Playback;

/// <summary>A section as the list of sessions shows it.</summary>
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
    public static SessionAnswer Of(SectionInfo section) =>
        new(
            section.Id,
            section.FirstSegmentId ?? 0,
            section.LastSegmentId ?? 0,
            section.StartTimestampMs,
            section.DurationMs,
            section.Ended,
            section.Continues,
            section.Codec
        );
}
