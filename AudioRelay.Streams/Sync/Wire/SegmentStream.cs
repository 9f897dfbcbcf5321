using System.Buffers;
using System.Buffers.Binary;

namespace AudioRelay.Streams.Sync.Wire;

/// <summary>The binary segment stream of the sync protocol.</summary>
/// <remarks>
/// Little-endian. Header, 16 bytes: u32 magic 0x53454753 (on the wire "SGES"), u32 version, u32 count, u32 CRC-32. Then for each
/// segment i64 id, i64 timestamp_ms, i32 is_timestamp_from_source, i64 section_id, i64 duration_samples, [version 2: 32 bytes SHA-256],
/// u32 length, bytes. What the CRC covers differs by version: see <see cref="WireVersion"/>. The reader bounds the count by the bytes
/// that are there before it allocates anything; the predecessor trusted it.
/// </remarks>
public static class SegmentStream
{
    /// <summary>The media type, with or without a <c>version</c> parameter.</summary>
    public const string MediaType = "application/x-segment-stream";

    private const uint Magic = 0x53454753;
    private const int HeaderLength = 16;
    private const int HashLength = 32;

    /// <summary>Bytes that a record takes besides its data.</summary>
    public static int Overhead(WireVersion version) => version == WireVersion.Two ? 40 + HashLength : 40;

    /// <summary>Bytes that a batch takes.</summary>
    public static int Length(WireVersion version, IReadOnlyCollection<WireSegment> segments) =>
        HeaderLength + segments.Sum(s => Overhead(version) + s.Data.Length);

    /// <summary>Writes one batch.</summary>
    /// <exception cref="ArgumentException">Version 2 with a segment whose hash is not 32 bytes.</exception>
    public static void Write(IBufferWriter<byte> target, WireVersion version, IReadOnlyCollection<WireSegment> segments)
    {
        var length = Length(version, segments);
        Write(target.GetSpan(length)[..length], version, segments);
        target.Advance(length);
    }

    /// <inheritdoc cref="Write(IBufferWriter{byte}, WireVersion, IReadOnlyCollection{WireSegment})"/>
    /// <param name="all">As long as <see cref="Length"/> says.</param>
    /// <param name="version">The version.</param>
    /// <param name="segments">The batch.</param>
    public static void Write(Span<byte> all, WireVersion version, IReadOnlyCollection<WireSegment> segments)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(all, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(all[4..], (uint)version);
        BinaryPrimitives.WriteUInt32LittleEndian(all[8..], (uint)segments.Count);
        var rest = all[HeaderLength..];
        foreach (var segment in segments)
        {
            rest = rest[WriteOne(rest, version, segment)..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(all[12..], Checksum(all, version));
    }

    /// <summary>Reads one batch and checks it. The segments' data point into <paramref name="all"/>.</summary>
    /// <exception cref="WireException">Wrong magic, unknown version, truncated, or a checksum that does not match.</exception>
    public static List<WireSegment> Read(ReadOnlyMemory<byte> all)
    {
        var span = all.Span;
        if (span.Length < HeaderLength)
        {
            throw new WireException($"truncated header: {span.Length} of {HeaderLength} bytes");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(span) is var magic && magic != Magic)
        {
            throw new WireException($"invalid magic 0x{magic:x8}: this is not a segment stream");
        }

        var version = (WireVersion)BinaryPrimitives.ReadUInt32LittleEndian(span[4..]);
        if (version is not (WireVersion.One or WireVersion.Two))
        {
            throw new WireException($"unsupported version {(uint)version}");
        }

        var said = BinaryPrimitives.ReadUInt32LittleEndian(span[12..]);
        if (Checksum(span, version) is var computed && computed != said)
        {
            throw new WireException($"checksum mismatch: the stream says {said:x8}, its bytes are {computed:x8}");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        if (count > (span.Length - HeaderLength) / Overhead(version))
        {
            throw new WireException($"truncated segment: {count} segments cannot fit in {span.Length} bytes");
        }

        List<WireSegment> segments = new((int)count);
        var at = HeaderLength;
        for (var index = 0; index < count; index++)
        {
            segments.Add(ReadOne(all, ref at, version));
        }

        return segments;
    }

    private static int WriteOne(Span<byte> to, WireVersion version, in WireSegment segment)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, segment.Id);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], segment.TimestampMs);
        BinaryPrimitives.WriteInt32LittleEndian(to[16..], segment.StartsSection ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[20..], segment.SectionId);
        BinaryPrimitives.WriteInt64LittleEndian(to[28..], segment.DurationSamples);
        var at = 36;
        if (version == WireVersion.Two)
        {
            if (segment.Sha256.Length != HashLength)
            {
                throw new ArgumentException($"segment {segment.Id} has no SHA-256");
            }

            segment.Sha256.Span.CopyTo(to[at..]);
            at += HashLength;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(to[at..], (uint)segment.Data.Length);
        segment.Data.Span.CopyTo(to[(at + 4)..]);
        return at + 4 + segment.Data.Length;
    }

    private static WireSegment ReadOne(ReadOnlyMemory<byte> all, ref int at, WireVersion version)
    {
        var overhead = Overhead(version);
        if (all.Length - at < overhead)
        {
            throw new WireException($"truncated segment at byte {at}");
        }

        var record = all.Span[at..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(record[(overhead - 4)..]);
        if (length > all.Length - at - overhead)
        {
            throw new WireException($"invalid audio length {length} at byte {at}");
        }

        var segment = new WireSegment(
            BinaryPrimitives.ReadInt64LittleEndian(record),
            BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[16..]) != 0,
            BinaryPrimitives.ReadInt64LittleEndian(record[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[28..]),
            all.Slice(at + overhead, (int)length),
            version == WireVersion.Two ? all.Slice(at + 36, HashLength) : ReadOnlyMemory<byte>.Empty
        );
        at += overhead + (int)length;
        return segment;
    }

    private static uint Checksum(ReadOnlySpan<byte> all, WireVersion version) =>
        Crc32.Of(all[HeaderLength..], version == WireVersion.Two ? Crc32.Of(all[..12]) : 0);
}
