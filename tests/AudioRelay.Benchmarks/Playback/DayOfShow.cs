using AudioRelay.Benchmarks.Storing;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Benchmarks.Playback;

/// <summary>A show that was recorded for a day as Opus in segments of 6 s, all with the same sound.</summary>
internal static class DayOfShow
{
    private const int PerCommit = 100;

    /// <summary>Ended some days ago, so that it is a finished range.</summary>
    public const long StartMs = 1_790_000_000_000;

    public static void Write(string path, int segments)
    {
        using var store = ShowStore.Open(path, ShowFill.Settings, new Random(1));
        new ShowFill(store, Segment()).Section(StartMs * 1000, segments, PerCommit);
    }

    private static byte[] Segment()
    {
        var random = new Random(1);
        var sound = new float[ShowFill.SegmentSeconds * ShowFill.Rate];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (0.3f * MathF.Sin(i * 0.05f)) + (0.05f * random.NextSingle());
        }

        var blob = new Blob();
        using var encoder = new CodecCatalog().OpenOpusEncoder();
        encoder.Encode(sound, blob);
        return [.. blob.Bytes];
    }

    private sealed class Blob : IPacketSink
    {
        public List<byte> Bytes { get; } = [];

        public void OnPacket(ReadOnlySpan<byte> packet, int samples)
        {
            Bytes.Add((byte)packet.Length);
            Bytes.Add((byte)(packet.Length >> 8));
            Bytes.AddRange(packet);
        }
    }
}
