using System.Buffers.Binary;

namespace AudioRelay.TestKit.Predecessor;

/// <summary>The predecessor's binary wire format, from its description (relay.md §4.4) and sharing nothing with our own.</summary>
public static class LiteralWire
{
    public const string ContentType = "application/x-segment-stream";

    /// <summary>Little-endian: u32 magic 0x53454753, u32 version 1, u32 count, u32 CRC-32 of everything after the header; then the segments.</summary>
    public static byte[] Encode(IReadOnlyCollection<LiteralSegment> segments)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        foreach (var segment in segments)
        {
            writer.Write(segment.Id);
            writer.Write(segment.TimestampMs);
            writer.Write(segment.IsTimestampFromSource);
            writer.Write(segment.SectionId);
            writer.Write(segment.DurationSamples);
            writer.Write((uint)segment.Audio.Length);
            writer.Write(segment.Audio);
        }

        var payload = body.ToArray();
        using var whole = new MemoryStream();
        using var head = new BinaryWriter(whole);
        head.Write(0x53454753u);
        head.Write(1u);
        head.Write((uint)segments.Count);
        head.Write(Crc(payload));
        head.Write(payload);
        return whole.ToArray();
    }

    /// <summary>In the order of the description: length, magic, version, CRC, then each segment's header and length.</summary>
    /// <exception cref="LiteralException">What it says about each.</exception>
    public static List<LiteralSegment> Decode(byte[] stream)
    {
        Demand(stream.Length >= 16, "truncated header");
        Demand(BinaryPrimitives.ReadUInt32LittleEndian(stream) == 0x53454753, "invalid magic");
        Demand(BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(4)) == 1, "unsupported version");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(8));
        var said = BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(12));
        var computed = Crc(stream.AsSpan(16));
        Demand(said == computed, $"checksum mismatch: expected {said}, computed {computed}");
        List<LiteralSegment> segments = [];
        var at = 16;
        for (var index = 0u; index < count; index++)
        {
            Demand(stream.Length - at >= 40, "truncated segment");
            var head = stream.AsSpan(at, 40);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[36..]);
            Demand(length <= stream.Length - at - 40, "invalid audio length");
            segments.Add(
                new LiteralSegment(
                    BinaryPrimitives.ReadInt64LittleEndian(head),
                    BinaryPrimitives.ReadInt64LittleEndian(head[8..]),
                    BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(head[20..]),
                    BinaryPrimitives.ReadInt64LittleEndian(head[28..]),
                    stream.AsSpan(at + 40, (int)length).ToArray()
                )
            );
            at += 40 + (int)length;
        }

        return segments; // bytes behind the last one are tolerated
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

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new LiteralException(otherwise);
        }
    }
}
