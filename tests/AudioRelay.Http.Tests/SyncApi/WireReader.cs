using System.Buffers.Binary;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>Reads version 1 as a foreign client would: written from the description of the format, sharing nothing with our own reader.</summary>
internal static class WireReader
{
    public readonly record struct Record(long Id, long TimestampMs, int FromSource, long SectionId, long DurationSamples, byte[] Data);

    public static List<Record> Read(byte[] stream)
    {
        Assert.Equal("SGES"u8.ToArray(), stream[..4]);
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(4)));
        var count = BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(8));
        Assert.Equal(Crc(stream.AsSpan(16)), BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(12)));
        List<Record> records = [];
        var at = 16;
        for (var i = 0u; i < count; i++)
        {
            var head = stream.AsSpan(at, 40);
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(head[36..]);
            records.Add(
                new Record(
                    BinaryPrimitives.ReadInt64LittleEndian(head),
                    BinaryPrimitives.ReadInt64LittleEndian(head[8..]),
                    BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(head[20..]),
                    BinaryPrimitives.ReadInt64LittleEndian(head[28..]),
                    stream.AsSpan(at + 40, length).ToArray()
                )
            );
            at += 40 + length;
        }

        Assert.Equal(stream.Length, at);
        return records;
    }

    /// <summary>CRC-32 (IEEE), bit by bit.</summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
