using System.Globalization;
using System.Security.Cryptography;

namespace AudioRelay.Streams.Sync.Wire;

/// <summary>Headers of version 2 by which a receiver sees that an answer is whole and is to the question that it asked.</summary>
/// <remarks>
/// A segment stream checks itself, lists and the journal do not; and a question of which a bit was flipped on its way gets a perfectly good
/// answer that leaves something out. Neither happens often, and both would never be noticed.
/// </remarks>
public static class AnswerSeal
{
    /// <summary>The SHA-256 of a JSON body (RFC 9530).</summary>
    public const string DigestHeader = "Content-Digest";

    /// <summary>The question as it was understood.</summary>
    public const string QuestionHeader = "X-Sync-Answers";

    /// <summary>The value of <see cref="DigestHeader"/>.</summary>
    public static string Digest(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"sha-256=:{Convert.ToBase64String(hash)}:";
    }

    /// <summary>The value of <see cref="QuestionHeader"/> for a range of segments.</summary>
    public static string Segments(string show, long fromId, long toId) =>
        string.Create(CultureInfo.InvariantCulture, $"segments {fromId}-{toId} of {Uri.EscapeDataString(show)}");

    /// <summary>The value of <see cref="QuestionHeader"/> for a piece of the journal.</summary>
    public static string Journal(string show, long afterSeq) =>
        string.Create(CultureInfo.InvariantCulture, $"journal after {afterSeq} of {Uri.EscapeDataString(show)}");
}
