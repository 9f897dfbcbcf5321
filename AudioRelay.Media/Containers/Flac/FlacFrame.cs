using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Flac;

/// <summary>One FLAC frame: header, a subframe per channel, checksum. It depends on nothing but its samples and their number.</summary>
internal static class FlacFrame
{
    private static readonly int[] CodedRates = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];

    /// <summary>Encodes a block and returns how many bytes it took.</summary>
    public static int Encode(Span<byte> output, ReadOnlySpan<byte> pcm, FlacFormat format, long firstSample)
    {
        var samples = pcm.Length / format.BytesPerSample;
        var head = WriteHead(output, samples, format, firstSample);
        var bits = new FlacBits(output[head..]);
        Span<int> channel = stackalloc int[FlacStream.BlockSize];
        channel = channel[..samples];
        for (var c = 0; c < format.Channels; c++)
        {
            for (var i = 0; i < samples; i++)
            {
                channel[i] = BinaryPrimitives.ReadInt16LittleEndian(pcm[((i * format.BytesPerSample) + (c * 2))..]);
            }

            FlacSubframe.Write(ref bits, channel);
        }

        bits.Align();
        var length = head + bits.Length;
        BinaryPrimitives.WriteUInt16BigEndian(output[length..], FlacCrc.Crc16(output[..length]));
        return length + 2;
    }

    private static int WriteHead(Span<byte> output, int samples, FlacFormat format, long firstSample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstSample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstSample, 1L << 36);
        // Blocks of any size, numbered by their first sample: only so can pieces of any length be encoded alone and joined.
        BinaryPrimitives.WriteUInt16BigEndian(output, 0xFFF9);
        var bits = new FlacBits(output[2..]);
        var rate = Array.IndexOf(CodedRates, format.SampleRate);
        const uint rateInHertz = 13;
        const uint rateInTens = 14;
        var rateCode =
            rate > 0 ? (uint)rate
            : format.SampleRate < 65536 ? rateInHertz
            : format.SampleRate % 10 == 0 ? rateInTens
            : 0;
        bits.Write(7, 4); // the block size follows in 16 bits
        bits.Write(rateCode, 4);
        bits.Write((uint)(format.Channels - 1), 4);
        bits.Write(0b1000, 4); // 16 bits per sample, and a zero
        WriteNumber(ref bits, firstSample);
        bits.Write((uint)(samples - 1), 16);
        if (rateCode is rateInHertz or rateInTens)
        {
            bits.Write((uint)(rateCode == rateInHertz ? format.SampleRate : format.SampleRate / 10), 16);
        }

        var length = 2 + bits.Length;
        output[length] = FlacCrc.Crc8(output[..length]);
        return length + 1;
    }

    // UTF-8's scheme, stretched to 36 bits.
    private static void WriteNumber(ref FlacBits bits, long number)
    {
        if (number < 0x80)
        {
            bits.Write((uint)number, 8);
            return;
        }

        var more = 1;
        while (more < 6 && number >= 1L << ((5 * more) + 6))
        {
            more++;
        }

        var lead = (0xFF00 >> (more + 1)) & 0xFF;
        bits.Write((uint)(lead | (int)(number >> (6 * more))), 8);
        while (more-- > 0)
        {
            bits.Write((uint)(0x80 | ((number >> (6 * more)) & 0x3F)), 8);
        }
    }
}
