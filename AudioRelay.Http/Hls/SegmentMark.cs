using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Hls;

/// <summary>
/// What makes a segment's address name its content. Ids begin at 1 in every store and are used again in one that was restored, and sound
/// that is kept for a year under an address that another store's has too is played instead of it. A section begins in one store at one
/// microsecond, so the two name what an id means there; all segments of a section share the mark, so that a list of thousands packs as well
/// as before. Init segments need none: their name is made of their content.
/// </summary>
internal static class SegmentMark
{
    private const string Key = "s";

    /// <summary>Of 48 bits: it tells apart the few stores that one address ever had.</summary>
    private const int Bytes = 6;

    /// <summary>The mark of a section's segments.</summary>
    /// <param name="store">The store's <c>unique_id</c>.</param>
    /// <param name="section">The section.</param>
    public static string Of(string store, long section)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{store}/{section}"), hash);
        return Base64Url.EncodeToString(hash[..Bytes]);
    }

    /// <summary>The mark as it follows a segment's name in a list.</summary>
    public static string QueryOf(string mark) => $"?{Key}={mark}";

    /// <summary>What an address says about the segment that is found under it.</summary>
    public static Named Read(HttpRequest request, SegmentAnswer found)
    {
        // As it stands in our lists: nearly always, and without taking the query apart.
        if (string.Equals(request.QueryString.Value, found.Query, StringComparison.Ordinal))
        {
            return Named.This;
        }

        if (!request.QueryString.HasValue || !request.Query.TryGetValue(Key, out var asked))
        {
            return Named.Nothing;
        }

        return asked == found.Mark ? Named.This : Named.Another;
    }

    internal enum Named
    {
        /// <summary>The predecessor's address: whatever has this id now.</summary>
        Nothing,

        /// <summary>This very segment.</summary>
        This,

        /// <summary>One that had this id in a store that is no longer behind this address: an old list is played.</summary>
        Another,
    }
}
