using System.Net.Security;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security.Tls;

/// <summary>The certificate in its files: what stands there now is what new connections get, without a restart.</summary>
/// <remarks>
/// The files are looked at when somebody connects, at most every ten seconds, by their content: tools replace files, links and folders,
/// each in its own way. While what is there cannot be used, the last good certificate serves on; one line says so.
/// </remarks>
internal sealed class TlsFiles
{
    /// <summary>Longest time for which a new certificate is overlooked.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end a certificate is told of, or the last third of a short one: tools renew earlier than that.</summary>
    private static readonly TimeSpan EndsSoon = TimeSpan.FromDays(14);

    private readonly Lock _gate = new();
    private readonly string _certificate;
    private readonly string? _key;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _looked;
    private string? _seen;
    private SslServerAuthenticationOptions _options;
    private Validity _told;

    /// <exception cref="ListenException">The files cannot be read, or do not belong together.</exception>
    public TlsFiles(string certificate, string? key, TimeProvider time, ILogger log)
    {
        (_certificate, _key, _time, _log) = (certificate, key, time, log);
        _seen = Content();
        _options = Load();
        _looked = time.GetTimestamp();
        TellValidity();
    }

    private enum Validity
    {
        Good,
        EndsSoon,
        Over,
        NotYet,
    }

    /// <summary>For a connection that begins now.</summary>
    public SslServerAuthenticationOptions Current()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_looked) >= LookEvery)
            {
                _looked = _time.GetTimestamp();
                Look();
                TellValidity();
            }

            return _options;
        }
    }

    private void Look()
    {
        var content = Content();
        if (content == _seen)
        {
            return;
        }

        _seen = content;
        try
        {
            // The old one is left to the collector: handshakes may be at it.
            _options = Load();
            _log.LogInformation("The certificate {File} was replaced; new connections get the new one", _certificate);
        }
        catch (ListenException error)
        {
            _log.LogError("The new certificate is not used and the old one serves on. {Reason}", error.Message);
        }
    }

    /// <summary>Serves all the same: whether to believe it is for those who connect. But they only see that it fails.</summary>
    private void TellValidity()
    {
        var (from, until) = (
            Utc(_options.ServerCertificateContext!.TargetCertificate.NotBefore),
            Utc(_options.ServerCertificateContext.TargetCertificate.NotAfter)
        );
        var now = _time.GetUtcNow();
        var validity =
            now > until ? Validity.Over
            : now < from ? Validity.NotYet
            : until - now < EndsSoon && until - now < (until - from) / 3 ? Validity.EndsSoon
            : Validity.Good;
        if (validity == _told)
        {
            return;
        }

        _told = validity;
        switch (validity)
        {
            case Validity.EndsSoon:
                _log.LogWarning("The certificate {File} ends on {End:u}: renew it, no restart is needed", _certificate, until);
                break;
            case Validity.Over:
                _log.LogError(
                    "The certificate {File} has ended on {End:u}: receivers and browsers refuse it. Renew it, no restart is needed",
                    _certificate,
                    until
                );
                break;
            case Validity.NotYet:
                _log.LogError(
                    "The certificate {File} begins on {Begin:u}: is the clock right here? Until then it is refused",
                    _certificate,
                    from
                );
                break;
        }
    }

    /// <summary>The runtime tells a certificate's times in this machine's zone.</summary>
    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private SslServerAuthenticationOptions Load()
    {
        var identity = TlsIdentity.Load(_certificate, _key);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, identity.Chain, offline: true),
        };
    }

    /// <summary>A name for what is in the files; null while they cannot be read.</summary>
    private string? Content()
    {
        try
        {
            var certificate = SHA256.HashData(File.ReadAllBytes(_certificate));
            var key = _key is null ? [] : SHA256.HashData(File.ReadAllBytes(_key));
            return Convert.ToHexString(certificate) + Convert.ToHexString(key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
