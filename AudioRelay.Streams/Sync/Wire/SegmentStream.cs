using System.Buffers.Binary;
using System.Security.Cryptography;
using AudioRelay.Storage;

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
    internal const int HeaderLength = 16;
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Bytes that a record takes besides its data.</summary>
    public static int Overhead(WireVersion version) => version == WireVersion.Two ? 40 + HashLength : 40;

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

    /// <summary>Writes the header in front of the records, with the checksum over what it covers.</summary>
    internal static void WriteHeader(Span<byte> all, WireVersion version, uint count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(all, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(all[4..], (uint)version);
        BinaryPrimitives.WriteUInt32LittleEndian(all[8..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(all[12..], Checksum(all, version));
    }

    /// <summary>Writes a record.</summary>
    /// <param name="to">As long as it is at least.</param>
    /// <param name="version">The version.</param>
    /// <param name="info">The segment.</param>
    /// <param name="sound">Its bytes.</param>
    internal static void WriteRecord(Span<byte> to, WireVersion version, SegmentInfo info, ReadOnlySpan<byte> sound)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, info.Id);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], info.TimestampMs);
        BinaryPrimitives.WriteInt32LittleEndian(to[16..], info.StartsSection ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[20..], info.SectionId);
        BinaryPrimitives.WriteInt64LittleEndian(to[28..], info.DurationSamples);
        to = to[36..];
        if (version == WireVersion.Two)
        {
            if (info.Sha256 is { } known)
            {
                known.CopyTo(to);
            }
            else
            {
                // A predecessor's file has no hashes: there the one of today is the best there is.
                SHA256.HashData(sound, to);
            }

            to = to[HashLength..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)sound.Length);
        sound.CopyTo(to[4..]);
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
