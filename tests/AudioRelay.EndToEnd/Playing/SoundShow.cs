using AudioRelay.Http.Tests.Support;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>Show files with real sound, in segments of about two seconds.</summary>
internal static class SoundShow
{
    public const int Seconds = 12;

    /// <summary>An ended recording of <see cref="Seconds"/> in this codec, and where the sound came from, to compare with.</summary>
    public static (ShowFile File, float[] Sound, int Rate) Create(string codec, long startMs)
    {
        switch (codec)
        {
            case "opus":
            {
                var sound = Sweep(48_000);
                using var encoder = new CodecCatalog().OpenOpusEncoder(48_000);
                var file = new ShowFile();
                return (Store(file, encoder, sound, startMs, lengths: true), sound, 48_000);
            }
            case "aac":
            {
                var sound = Sweep(16_000);
                using var encoder = new CodecCatalog().OpenAacEncoder(48_000);
                return (Store(new ShowFile("aac"), encoder, sound, startMs, lengths: false), sound, 16_000);
            }
            case "wav":
            {
                var sound = Sweep(44_100);
                using var encoder = CodecCatalog.OpenWavEncoder(44_100);
                return (Store(new ShowFile("wav"), encoder, sound, startMs, lengths: false), sound, 44_100);
            }
            default:
                throw new ArgumentOutOfRangeException(nameof(codec));
        }
    }

    /// <summary>The same sound as <see cref="Create"/> makes of Opus once more, as another connection.</summary>
    public static void Again(ShowFile file, long startMs)
    {
        using var encoder = new CodecCatalog().OpenOpusEncoder(48_000);
        Store(file, encoder, Sweep(48_000), startMs, lengths: true);
    }

    /// <summary>A recording of a station's own MP3 frames.</summary>
    public static ShowFile Copy(SoundFixture fixture, long startMs)
    {
        var rate = fixture.Format.SampleRate;
        var file = new ShowFile("copy", "mp3", rate).Open(startMs, delay: 0);
        foreach (var frames in fixture.Frames.Chunk(77))
        {
            file.Add(1, frames.Length * fixture.Format.SamplesPerFrame, _ => [.. frames.SelectMany(f => f)]);
        }

        return file.Close();
    }

    private static ShowFile Store(ShowFile file, IAudioEncoder encoder, float[] sound, long startMs, bool lengths)
    {
        var packets = new Packets();
        encoder.Encode(sound, packets);
        var padding = encoder.Flush(packets);
        file.Rate = encoder.SampleRate;
        file.Open(startMs, delay: encoder.Delay);
        var (segment, samples, skip) = (new List<byte>(), 0L, (long)encoder.Delay);
        foreach (var (packet, length) in packets.All)
        {
            if (lengths)
            {
                segment.Add((byte)packet.Length);
                segment.Add((byte)(packet.Length >> 8));
            }

            segment.AddRange(packet);
            samples += length;
            if (samples >= 2 * encoder.SampleRate)
            {
                Add(file, segment, samples - skip);
                (samples, skip) = (0, 0);
            }
        }

        if (samples > 0)
        {
            Add(file, segment, samples - padding);
        }

        return file.Close(EndCause.WindowEnd, padding);
    }

    private static void Add(ShowFile file, List<byte> segment, long samples)
    {
        byte[] data = [.. segment];
        segment.Clear();
        file.Add(1, samples, _ => data);
    }

    /// <summary>A tone that climbs from 200 Hz to 3 kHz with a beat in its loudness, so that every moment sounds like no other.</summary>
    private static float[] Sweep(int rate)
    {
        var sound = new float[Seconds * rate];
        var phase = 0.0;
        for (var i = 0; i < sound.Length; i++)
        {
            var t = (double)i / rate;
            phase += 2 * Math.PI * (200 + (2800 * t / Seconds)) / rate;
            sound[i] = (float)(0.3 * Math.Sin(phase) * (0.6 + (0.4 * Math.Sin(2 * Math.PI * 1.3 * t))));
        }

        return sound;
    }

    private sealed class Packets : IPacketSink
    {
        public List<(byte[] Packet, int Samples)> All { get; } = [];

        public void OnPacket(ReadOnlySpan<byte> packet, int samples) => All.Add((packet.ToArray(), samples));
    }
}
