using System.Buffers;
using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Id3;

/// <summary>The ID3 tag that every packed audio segment (ADTS, MP3) of an HLS playlist starts with (RFC 8216 §3.4).</summary>
public static class Id3Timestamp
{
    private const long Clock = 90_000;
    private const ulong Mask = (1UL << 33) - 1;

    private static ReadOnlySpan<byte> Owner => "com.apple.streaming.transportStreamTimestamp\0"u8;

    /// <summary>Bytes of the tag: ID3 header, frame header, owner, time.</summary>
    public static int Length => 10 + 10 + Owner.Length + 8;

    /// <summary>The 33-bit time on the 90 kHz clock, rounded from the running total, so that it never drifts.</summary>
    /// <param name="samples">Samples before the segment.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static ulong Ticks(long samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        var (seconds, rest) = Math.DivRem(samples, sampleRate);
        return (ulong)((seconds * Clock) + (((rest * Clock) + (sampleRate / 2)) / sampleRate)) & Mask;
    }

    /// <summary>Writes the tag.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="samples">Samples before the segment since the timeline began, the encoder's delay included.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static void Write(IBufferWriter<byte> output, long samples, int sampleRate)
    {
        var span = output.GetSpan(Length)[..Length];
        span.Clear();
        "ID3"u8.CopyTo(span);
        span[3] = 4; // ID3v2.4
        span[9] = (byte)(Length - 10); // both sizes are under 128, so their synchsafe form is one byte
        "PRIV"u8.CopyTo(span[10..]);
        span[17] = (byte)(Length - 20);
        Owner.CopyTo(span[20..]);
        BinaryPrimitives.WriteUInt64BigEndian(span[(20 + Owner.Length)..], Ticks(samples, sampleRate));
        output.Advance(Length);
    }
}
