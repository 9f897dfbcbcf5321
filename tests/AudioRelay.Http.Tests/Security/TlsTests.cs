using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AudioRelay.Http.Shows;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Security;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("audiorelay-tls-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_client_that_knows_only_the_root_trusts_the_server_because_the_whole_chain_is_sent()
    {
        using var root = Authority("root", issuer: null);
        using var middle = Authority("middle", issuer: root);
        var (certificate, key) = Leaf(middle);
        var (chain, keyFile) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "key.pem"));
        await File.WriteAllTextAsync(chain, certificate + "\n" + middle.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keyFile, key, TestContext.Current.CancellationToken);
        await using var server = await Start(chain, keyFile);
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { root },
                        RevocationMode = X509RevocationMode.NoCheck,
                        DisableCertificateDownloads = true,
                    },
                },
            }
        );

        using var answer = await client.GetAsync(
            new Uri($"https://localhost:{server.Address.Port}/health"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Files_that_are_no_certificate_are_named()
    {
        var file = Path.Combine(folder.FullName, "no.pem");
        await File.WriteAllTextAsync(file, "nothing", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ListenException>(() => Start(file, file));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    private static Task<RelayServer> Start(string chain, string key) =>
        RelayServer.StartAsync(
            new RelayServerOptions
            {
                Port = 0,
                TlsCertificate = chain,
                TlsKey = key,
            },
            new ShowCatalog(ShowModes.Record),
            new CommitFeed(),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

    private static X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }
        using var signed = request.Create(issuer, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private static (string Certificate, string Key) Leaf(X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var leaf = request.Create(issuer, now.AddMinutes(-5), now.AddMinutes(30), RandomNumberGenerator.GetBytes(8));
        return (leaf.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
