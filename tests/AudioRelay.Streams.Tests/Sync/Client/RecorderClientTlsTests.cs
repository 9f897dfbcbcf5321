using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>A certificate that cannot be trusted stops everything, and what is wrong with it is said.</summary>
public sealed class RecorderClientTlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-1, 30, "127.0.0.1", "signed by nobody who is trusted here")]
    [InlineData(-30, -1, "127.0.0.1", "has expired")]
    [InlineData(1, 30, "127.0.0.1", "not valid yet")]
    [InlineData(-1, 30, "127.0.0.2", "for another name")]
    public async Task A_certificate_is_refused_with_the_reason(int fromDays, int untilDays, string address, string says)
    {
        using var certificate = Certificate(fromDays, untilDays, address);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = Serve(listener, certificate);
        using var client = new RecorderClient(
            new RecorderClientOptions(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")) { Token = "s3cret" },
            TimeProvider.System
        );
        var error = await Answers.Fault(RecorderFault.Certificate, () => client.ShowsAsync(Token).Guarded("the refusal"));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await served.Guarded("the server's end")); // not a byte of the request, and so no token
    }

    private static X509Certificate2 Certificate(int fromDays, int untilDays, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=recorder", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(untilDays));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static async Task<int> Serve(TcpListener listener, X509Certificate2 certificate)
    {
        using var socket = await listener.AcceptTcpClientAsync(Token);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[100], Token);
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            return 0; // the client broke it off, as it should
        }
    }
}
