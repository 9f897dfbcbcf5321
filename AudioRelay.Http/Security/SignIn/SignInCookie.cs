using System.Buffers.Binary;
using System.Security.Cryptography;
using AudioRelay.Http.Security.Signing;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.SignIn;

/// <summary>The cookie for which the web UI exchanges a token: it names the token by a part of its hash, and is signed.</summary>
/// <remarks>
/// So it opens what the token opens now, and nothing once the token is gone from the configuration. Signed out ones are remembered until
/// the process ends, the newest 1,000 of them; a cookie that somebody copied before outlives its sign-out only beyond that.
/// </remarks>
internal sealed class SignInCookie(SigningKeys keys, TokenBook tokens, TimeProvider time, string role)
{
    /// <summary>How long a sign-in lasts when nobody comes by; whoever does gets it anew.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    private static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);
    private const string Purpose = "sign-in";
    private const int MostSignedOut = 1000;
    private const int Length = TokenBook.FingerprintLength + 24;

    private readonly Lock _gate = new();
    private readonly Queue<long> _signedOut = [];

    /// <summary>Who brings a cookie that is valid; null for none.</summary>
    public (TokenGrant Grant, SignedIn Session)? Read(HttpRequest request)
    {
        if (request.Cookies[Name(request)] is not { } text || keys.Open(Purpose, text) is not { Length: Length } payload)
        {
            return null;
        }

        var numbers = payload.AsSpan(TokenBook.FingerprintLength);
        var session = new SignedIn(
            BinaryPrimitives.ReadInt64BigEndian(numbers),
            BinaryPrimitives.ReadInt64BigEndian(numbers[8..]),
            BinaryPrimitives.ReadInt64BigEndian(numbers[16..])
        );
        return
            session.ExpiresUs > NowUs()
            && !IsSignedOut(session)
            && tokens.FindFingerprint(payload.AsSpan(0, TokenBook.FingerprintLength)) is { } grant
            ? (grant, session)
            : null;
    }

    /// <summary>Signs in, or prolongs a sign-in.</summary>
    public SignedIn Write(HttpContext context, TokenGrant grant, SignedIn? before = null)
    {
        var now = NowUs();
        var id = before?.Id ?? BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(8));
        var session = new SignedIn(id, now, now + (long)Lasts.TotalMicroseconds);
        var payload = new byte[Length];
        grant.Fingerprint.CopyTo(payload);
        var numbers = payload.AsSpan(TokenBook.FingerprintLength);
        BinaryPrimitives.WriteInt64BigEndian(numbers, session.Id);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], session.IssuedUs);
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], session.ExpiresUs);
        context.Response.Cookies.Append(Name(context.Request), keys.Sign(Purpose, payload), Options(context.Request, Lasts));
        return session;
    }

    /// <summary>Whether a sign-in is old enough to be prolonged.</summary>
    public bool IsOld(SignedIn session) => NowUs() - session.IssuedUs > RenewedAfter.TotalMicroseconds;

    /// <summary>Signs out: here, and in the browser.</summary>
    public void Remove(HttpContext context, SignedIn? session)
    {
        if (session is not null)
        {
            lock (_gate)
            {
                _signedOut.Enqueue(session.Id);
                if (_signedOut.Count > MostSignedOut)
                {
                    _signedOut.Dequeue();
                }
            }
        }

        context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));
    }

    /// <summary>Cookies know no ports: recorder and receiver of one machine must not overwrite each other's.</summary>
    private string Name(HttpRequest request) => $"audiorelay_{role}_{request.HttpContext.Connection.LocalPort}";

    private static CookieOptions Options(HttpRequest request, TimeSpan? lasts) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = request.IsHttps,
            Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
            MaxAge = lasts,
            IsEssential = true,
        };

    private bool IsSignedOut(SignedIn session)
    {
        lock (_gate)
        {
            return _signedOut.Contains(session.Id);
        }
    }

    private long NowUs() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
