using System.Buffers.Binary;

namespace AudioRelay.Media.Tests.Containers;

/// <summary>A reader of Ogg Opus files for the tests: every rule of a page is asserted while reading.</summary>
internal sealed class OggFile
{
    public List<byte[]> Packets { get; } = [];

    /// <summary>Granule and flags of each page.</summary>
    public List<(long Granule, byte Flags, int Packets)> Pages { get; } = [];

    public byte[] Head => Packets[0];

    public IEnumerable<byte[]> Sound => Packets.Skip(2);

    public int PreSkip => BinaryPrimitives.ReadUInt16LittleEndian(Head.AsSpan(10));

    public long LastGranule => Pages[^1].Granule;

    public static OggFile Parse(byte[] bytes)
    {
        var file = new OggFile();
        var rest = bytes.AsSpan();
        var open = new MemoryStream();
        var number = 0u;
        while (!rest.IsEmpty)
        {
            Assert.True(rest[..4].SequenceEqual("OggS"u8), "a page does not begin where the one before ends");
            Assert.Equal(number++, BinaryPrimitives.ReadUInt32LittleEndian(rest[18..]));
            var lacing = rest.Slice(27, rest[26]);
            var payload = rest[(27 + lacing.Length)..];
            var whole = 0;
            foreach (var size in lacing)
            {
                open.Write(payload[..size]);
                payload = payload[size..];
                if (size < 255)
                {
                    file.Packets.Add(open.ToArray());
                    open.SetLength(0);
                    whole++;
                }
            }

            file.Pages.Add((BinaryPrimitives.ReadInt64LittleEndian(rest[6..]), rest[5], whole));
            rest = payload;
        }

        return file;
    }
}
