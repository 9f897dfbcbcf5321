using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Postgres;

/// <summary>What lists need of a pulled segment: it stays until the end of the transaction, when the sound's buffer is long given back.</summary>
/// <param name="Id">Its local id.</param>
/// <param name="SourceId">Its id at the recorder.</param>
/// <param name="SectionId">Its section.</param>
/// <param name="FirstSample">The section's programme sample it begins with.</param>
/// <param name="DurationSamples">Programme samples in it.</param>
/// <param name="TimestampMs">UTC of its first sample in ms.</param>
/// <param name="Size">Bytes of sound.</param>
/// <param name="StartsSection">True for the first of its section.</param>
/// <param name="Sha256">Of the sound.</param>
internal readonly record struct SegmentFact(
    long Id,
    long SourceId,
    long SectionId,
    long FirstSample,
    long DurationSamples,
    long TimestampMs,
    int Size,
    bool StartsSection,
    byte[] Sha256
)
{
    /// <summary>Of a segment that is being written.</summary>
    public static SegmentFact Of(PlannedSegment segment)
    {
        var (id, first, starts, pulled, hash) = segment;
        return new(
            id,
            pulled.SourceId,
            pulled.SectionId,
            first,
            pulled.DurationSamples,
            pulled.TimestampMs,
            pulled.Data.Length,
            starts,
            hash
        );
    }
}
