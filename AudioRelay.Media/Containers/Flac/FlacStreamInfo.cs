using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Flac;

/// <summary>The STREAMINFO metadata block, with its head, marked as the last one.</summary>
internal static class FlacStreamInfo
{
    public const int BlockLength = 4 + 34;

    public static void Write(Span<byte> block, int sampleRate, int channels, long totalSamples)
    {
        var format = new FlacFormat(sampleRate, channels);
        block[..BlockLength].Clear(); // frame sizes and MD5 stay 0: not known, since every piece is encoded alone
        block[0] = 0x80; // last block, type 0
        block[3] = 34;
        // Two block sizes that differ tell a decoder that frames count samples, not frames.
        BinaryPrimitives.WriteUInt16BigEndian(block[4..], FlacStream.MinBlock);
        BinaryPrimitives.WriteUInt16BigEndian(block[6..], FlacStream.BlockSize);
        const int bitsPerSample = 16;
        var packed =
            ((ulong)format.SampleRate << 44)
            | ((ulong)(format.Channels - 1) << 41)
            | ((bitsPerSample - 1UL) << 36)
            | ((ulong)totalSamples & 0xF_FFFF_FFFF);
        BinaryPrimitives.WriteUInt64BigEndian(block[14..], packed);
    }
}
