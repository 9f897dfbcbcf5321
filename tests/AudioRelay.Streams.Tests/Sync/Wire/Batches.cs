using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Tests.Sync.Wire;

/// <summary>Batches as a recorder writes them.</summary>
internal static class Batches
{
    public static byte[] Write(WireVersion version, IEnumerable<WireSegment> segments)
    {
        using var writer = new SegmentStreamWriter(version, expected: 0);
        foreach (var s in segments)
        {
            var hash = s.Sha256.IsEmpty ? null : s.Sha256.ToArray();
            var info = new SegmentInfo(s.Id, s.SectionId, 0, s.DurationSamples, s.TimestampMs, s.StartsSection, s.Data.Length, hash);
            writer.Append(info, s.Data.Span);
        }

        return writer.Complete().ToArray();
    }
}
