using System.Buffers;
using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Ogg;

/// <summary>Writes one Ogg page (RFC 3533 §6) of whole packets.</summary>
internal static class OggPage
{
    public const byte BeginOfStream = 2;
    public const byte EndOfStream = 4;

    /// <summary>Entries of a page's lacing table.</summary>
    public const int MaxLacing = 255;

    private const int HeadLength = 27;

    /// <summary>How many entries of the lacing table a packet takes.</summary>
    public static int Lacing(int packetBytes) => (packetBytes / 255) + 1;

    public static void Write(
        IBufferWriter<byte> output,
        byte flags,
        long granule,
        uint serial,
        uint number,
        ReadOnlySpan<int> sizes,
        ReadOnlySpan<byte> payload
    )
    {
        var lacing = 0;
        foreach (var size in sizes)
        {
            lacing += Lacing(size);
        }

        var length = HeadLength + lacing + payload.Length;
        var span = output.GetSpan(length)[..length];
        "OggS"u8.CopyTo(span);
        span[4] = 0;
        span[5] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(span[6..], granule);
        BinaryPrimitives.WriteUInt32LittleEndian(span[14..], serial);
        BinaryPrimitives.WriteUInt32LittleEndian(span[18..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(span[22..], 0);
        span[26] = (byte)lacing;
        var table = span[HeadLength..];
        foreach (var size in sizes)
        {
            var full = size / 255;
            table[..full].Fill(255);
            table[full] = (byte)(size % 255);
            table = table[(full + 1)..];
        }

        payload.CopyTo(span[(HeadLength + lacing)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[22..], OggCrc.Of(span));
        output.Advance(length);
    }
}
