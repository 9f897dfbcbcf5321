using System.Buffers.Binary;

namespace AudioRelay.TestKit.Stations;

/// <summary>
/// Frames for tests that need no decoder: true headers and lengths, and a payload that is another one for each index and seed. The
/// payload has no 0xFF, so that no frame begins inside another one by chance.
/// </summary>
public static class SyntheticFrames
{
    private const int NoiseBytes = 128 * 1024;
    private const ulong Below0x80 = 0x7F7F7F7F7F7F7F7F;
    private static readonly byte[] Noise = MakeNoise();
    private static readonly int[] Mpeg1Rates = [44_100, 48_000, 32_000];
    private static readonly int[] Mpeg1Kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Mpeg2Kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] AacRates =
    [
        96_000,
        88_200,
        64_000,
        48_000,
        44_100,
        32_000,
        24_000,
        22_050,
        16_000,
        12_000,
        11_025,
        8_000,
        7_350,
    ];

    /// <summary>An MP3 frame. Padding follows the index, so that a run of frames has exactly the bit rate.</summary>
    public static byte[] Mp3(long index, int rate = 44_100, int channels = 2, int kilobits = 128, ulong seed = 0)
    {
        var (versionBits, baseRate) = rate switch
        {
            >= 32_000 => (3, rate),
            >= 16_000 => (2, rate * 2),
            _ => (0, rate * 4),
        };
        var rateBits = Array.IndexOf(Mpeg1Rates, baseRate);
        var kilobitBits = Array.IndexOf(versionBits == 3 ? Mpeg1Kilobits : Mpeg2Kilobits, kilobits);
        ArgumentOutOfRangeException.ThrowIfNegative(rateBits, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfLessThan(kilobitBits, 1, nameof(kilobits));

        var bytesPerFrame = (versionBits == 3 ? 144_000L : 72_000L) * kilobits;
        var padding = (int)((((index + 1) * bytesPerFrame) / rate) - ((index * bytesPerFrame) / rate) - (bytesPerFrame / rate));
        var frame = new byte[(bytesPerFrame / rate) + padding];
        frame[0] = 0xFF;
        frame[1] = (byte)(0xE0 | (versionBits << 3) | (1 << 1) | 1);
        frame[2] = (byte)((kilobitBits << 4) | (rateBits << 2) | (padding << 1));
        frame[3] = (byte)(channels == 1 ? 0xC0 : 0x40);
        Fill(frame.AsSpan(4), index, seed);
        return frame;
    }

    /// <summary>An ADTS frame of AAC-LC (or what looks like it: HE-AAC at half the rate).</summary>
    public static byte[] Adts(long index, int rate = 44_100, int channels = 2, int length = 372, ulong seed = 0)
    {
        var rateBits = Array.IndexOf(AacRates, rate);
        ArgumentOutOfRangeException.ThrowIfNegative(rateBits, nameof(rate));
        var frame = new byte[length];
        frame[0] = 0xFF;
        frame[1] = 0xF1;
        frame[2] = (byte)((1 << 6) | (rateBits << 2) | (channels >> 2));
        frame[3] = (byte)(((channels & 3) << 6) | (length >> 11));
        frame[4] = (byte)(length >> 3);
        frame[5] = (byte)(((length & 7) << 5) | 0x1F);
        frame[6] = 0xFC;
        Fill(frame.AsSpan(7), index, seed);
        return frame;
    }

    // Sixteen bytes that only this index and seed have, then a stretch of the noise: a simulated day has millions of frames.
    private static void Fill(Span<byte> payload, long index, ulong seed)
    {
        var own = unchecked(((ulong)index * 0x9E3779B97F4A7C15) ^ (seed * 0xD1B54A32D192ED03));
        Span<byte> first = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(first, Mix(own) & Below0x80);
        BinaryPrimitives.WriteUInt64LittleEndian(first[8..], Mix(own + 1) & Below0x80);
        first[..Math.Min(first.Length, payload.Length)].CopyTo(payload);
        if (payload.Length > first.Length)
        {
            var rest = payload[first.Length..];
            Noise.AsSpan((int)(Mix(own + 2) % (ulong)(Noise.Length - rest.Length)), rest.Length).CopyTo(rest);
        }
    }

    private static byte[] MakeNoise()
    {
        var noise = new byte[NoiseBytes];
        for (var i = 0; i < noise.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(noise.AsSpan(i), Mix((ulong)i) & Below0x80);
        }

        return noise;
    }

    // SplitMix64's last step: the same everywhere.
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
