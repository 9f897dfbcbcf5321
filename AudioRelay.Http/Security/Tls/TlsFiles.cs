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

    private readonly Lock _gate = new();
    private readonly string _certificate;
    private readonly string? _key;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _looked;
    private string? _seen;
    private SslServerAuthenticationOptions _options;

    /// <exception cref="ListenException">The files cannot be read, or do not belong together.</exception>
    public TlsFiles(string certificate, string? key, TimeProvider time, ILogger log)
    {
        (_certificate, _key, _time, _log) = (certificate, key, time, log);
        _seen = Content();
        _options = Load();
        _looked = time.GetTimestamp();
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
