using System.Buffers.Binary;
using System.Text;
using AudioRelay.Http.Security.Signing;

namespace AudioRelay.Http.Security.Links;

/// <summary>Tokens for players that cannot send headers: in the path, so that the relative addresses of a playlist inherit them.</summary>
/// <remarks>
/// A link opens reading below one prefix, for listening, until it expires, and only while the token that made it is known. It says nothing
/// that is secret: the proof is what counts.
/// </remarks>
internal sealed class PathLinks(SigningKeys keys, TokenBook tokens, TimeProvider time)
{
    /// <summary>How long a link lasts: a long evening, also paused.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private const string Purpose = "link";
    private const int HeadLength = 8 + 1 + TokenBook.FingerprintLength;

    /// <summary>A token for everything below a prefix.</summary>
    /// <param name="prefix">As it stands in requests, with a slash at both ends.</param>
    /// <param name="maker">Whose link it is; null where no token is needed.</param>
    public (string Token, long ExpiresUs) Create(string prefix, TokenGrant? maker)
    {
        var expires = (time.GetUtcNow() + Lasts).ToUnixTimeSeconds();
        var text = Encoding.UTF8.GetBytes(prefix);
        var payload = new byte[HeadLength + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(payload, expires);
        payload[8] = (byte)AccessScopes.Listen;
        maker?.Fingerprint.CopyTo(payload.AsSpan(9));
        text.CopyTo(payload, HeadLength);
        return (keys.Sign(Purpose, payload), expires * 1_000_000);
    }

    /// <summary>Who comes by a token to a path; null when it does not open that.</summary>
    public CallerIdentity? Open(string token, string path)
    {
        if (keys.Open(Purpose, token) is not { Length: > HeadLength } payload)
        {
            return null;
        }

        var maker = tokens.FindFingerprint(payload.AsSpan(9, TokenBook.FingerprintLength));
        var inTime = BinaryPrimitives.ReadInt64BigEndian(payload) > time.GetUtcNow().ToUnixTimeSeconds();
        // The prefix ends with a slash, so a neighbour whose name begins alike is not below it.
        var below = path.StartsWith(Encoding.UTF8.GetString(payload.AsSpan(HeadLength)), StringComparison.Ordinal);
        return inTime && below && (maker is not null || tokens.OpenToEverybody)
            ? new CallerIdentity((AccessScopes)payload[8] & (maker?.Scopes ?? AccessScopes.Listen), maker)
            : null;
    }
}
