using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AudioRelay.Http.Security.Tls;

/// <summary>The server's certificate with its key, and the intermediate certificates that clients need to trust it.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection chain) => (Certificate, Chain) = (certificate, chain);

    /// <summary>The server's own.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Everything that is in the file, its own first: sent along, because clients know only the roots.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <exception cref="ListenException">The files cannot be read, or do not belong together.</exception>
    public static TlsIdentity Load(string file, string? key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return new(X509Certificate2.CreateFromPemFile(file, key), chain);
        }
        catch (Exception error) when (error is IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ListenException($"Cannot read the certificate {file}: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var each in Chain)
        {
            each.Dispose();
        }
    }
}
