using System.Buffers;
using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Wav;

/// <summary>The head of a WAV file of 16-bit PCM; the samples follow as they are.</summary>
public static class WavHeader
{
    private const int RiffLength = 44;
    private const int Ds64Length = 36;
    private const uint Unknown = uint.MaxValue;

    /// <summary>Bytes of the head for a given length: RF64, for over 4 GB, is longer.</summary>
    /// <param name="dataBytes">Bytes of the samples; null when not known.</param>
    /// <param name="trailerBytes">Bytes of the chunks behind them.</param>
    public static int LengthFor(long? dataBytes, int trailerBytes = 0) =>
        IsLarge(dataBytes, trailerBytes) ? RiffLength + Ds64Length : RiffLength;

    /// <summary>Writes the head.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="dataBytes">Bytes of the samples; null when not known yet (an endless stream).</param>
    /// <param name="trailerBytes">Bytes of the chunks that will follow the samples.</param>
    public static void Write(IBufferWriter<byte> output, int sampleRate, int channels, long? dataBytes, int trailerBytes = 0)
    {
        var length = LengthFor(dataBytes, trailerBytes);
        var span = output.GetSpan(length)[..length];
        var large = IsLarge(dataBytes, trailerBytes);
        var fits = dataBytes is not null && !large;
        (large ? "RF64"u8 : "RIFF"u8).CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], fits ? (uint)(dataBytes!.Value + trailerBytes + RiffLength - 8) : Unknown);
        "WAVE"u8.CopyTo(span[8..]);
        var rest = span[12..];
        if (large)
        {
            WriteDs64(rest, dataBytes!.Value, trailerBytes, channels);
            rest = rest[Ds64Length..];
        }

        WriteFormat(rest, sampleRate, channels);
        "data"u8.CopyTo(rest[24..]);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[28..], fits ? (uint)dataBytes!.Value : Unknown);
        output.Advance(length);
    }

    private static bool IsLarge(long? dataBytes, int trailerBytes) => dataBytes + trailerBytes > uint.MaxValue - RiffLength;

    private static void WriteDs64(Span<byte> span, long dataBytes, int trailerBytes, int channels)
    {
        "ds64"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], Ds64Length - 8);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], dataBytes + trailerBytes + RiffLength + Ds64Length - 8);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], dataBytes);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], dataBytes / (2 * channels));
        BinaryPrimitives.WriteInt32LittleEndian(span[32..], 0);
    }

    private static void WriteFormat(Span<byte> span, int sampleRate, int channels)
    {
        "fmt "u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[8..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(span[10..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], sampleRate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 16);
    }
}
