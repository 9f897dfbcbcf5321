using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Checks an answer to <c>…/segments</c> and hands it on with its buffer.</summary>
internal static class SegmentsReading
{
    /// <summary>What is asked for: version 2, and version 1 from who does not know it.</summary>
    public const string Accept = SegmentStream.MediaType + "; version=2, " + SegmentStream.MediaType;

    /// <summary>An answer of version 1 knows no bound of ours, and one segment comes in any case: a recorder's longest are far below.</summary>
    public const long Most = 64 * 1024 * 1024;

    private const int HeaderLength = 16;

    /// <summary>How much is read.</summary>
    public static AnswerBound Bound(int limit, long maxBytes)
    {
        var usual = HeaderLength + ((long)limit * SegmentStream.Overhead(WireVersion.Two)) + maxBytes;
        return new AnswerBound(Most, Math.Min(usual, Most), head => OfHead(head.Span, Math.Min(usual, Most)));
    }

    /// <summary>The batch; the answer is the batch's from now on.</summary>
    /// <exception cref="WireException">It is damaged.</exception>
    /// <exception cref="InvalidDataException">It is not what was asked for.</exception>
    public static SegmentBatch Read(RecorderAnswer answer, string show, long fromId, long toId)
    {
        var segments = SegmentStream.Read(answer.Bytes);
        var version = (WireVersion)BinaryPrimitives.ReadUInt32LittleEndian(answer.Bytes.Span[4..]);
        if (version == WireVersion.One && SaysTwo(answer.Type))
        {
            throw new InvalidDataException("the answer is said to be of version 2 and is not");
        }

        // Only ours name the question, and they know version 2: the request was changed on its way.
        if (version == WireVersion.One && answer.Question is not null)
        {
            throw new InvalidDataException("version 1 came where version 2 was asked for");
        }

        if (version == WireVersion.Two)
        {
            answer.Demand(AnswerSeal.Segments(show, fromId, toId));
        }

        // No recorder writes any, and version 1's checksum does not cover the count: a lower one would make segments vanish.
        var told = HeaderLength + segments.Sum(segment => (long)SegmentStream.Overhead(version) + segment.Data.Length);
        if (told != answer.Bytes.Length)
        {
            throw new InvalidDataException($"{answer.Bytes.Length - told} bytes came behind the last segment");
        }

        var next = fromId;
        foreach (var segment in segments)
        {
            if (segment.Id < next || segment.Id > toId)
            {
                throw new InvalidDataException($"segment {segment.Id} came where one of {next} to {toId} was asked for");
            }

            if (version == WireVersion.Two && !IsIntact(segment))
            {
                throw new InvalidDataException($"segment {segment.Id} is not what was recorded: its SHA-256 differs");
            }

            if (segment.Id == long.MaxValue)
            {
                throw new InvalidDataException("a segment has the last id there can be");
            }

            next = segment.Id + 1;
        }

        return new SegmentBatch(segments, version, answer.Bytes.Length, answer.Dispose);
    }

    /// <summary>Several segments of version 2 together are not more than was asked for.</summary>
    private static long OfHead(ReadOnlySpan<byte> head, long usual) =>
        head.Length >= HeaderLength
        && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == (uint)WireVersion.Two
        && BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) > 1
            ? usual
            : Most;

    private static bool IsIntact(in WireSegment segment)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(segment.Data.Span, hash);
        return hash.SequenceEqual(segment.Sha256.Span);
    }

    private static bool SaysTwo(MediaTypeHeaderValue? type) =>
        type?.Parameters.Any(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase) && p.Value?.Trim('"') == "2") == true;
}
