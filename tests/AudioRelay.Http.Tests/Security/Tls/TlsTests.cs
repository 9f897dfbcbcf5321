using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AudioRelay.Http.Security.Tls;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Security.Tls;

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
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Trusting(root) });

        using var answer = await client.GetAsync(
            new Uri($"https://localhost:{server.Address.Port}/health"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_serves_new_connections_and_a_broken_one_does_not()
    {
        using var root = Authority("root", issuer: null);
        var (chain, key) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "key.pem"));
        var (first, firstKey) = Leaf(root);
        await Write(chain, first, key, firstKey);
        var time = new ManualTime();
        var logs = new LinesLogged();
        await using var server = await Start(chain, key, time, logs);
        Assert.Equal(Serial(first), await Served(server, root));

        var (second, secondKey) = Leaf(root);
        await Write(chain, second, key, secondKey);
        Assert.Equal(Serial(first), await Served(server, root)); // not looked at yet
        time.Advance(TlsFiles.LookEvery);
        Assert.Equal(Serial(second), await Served(server, root));

        await File.WriteAllTextAsync(chain, "half a certifica", TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TlsFiles.LookEvery);
            Assert.Equal(Serial(second), await Served(server, root));
        }
        Assert.Single(logs.Lines, line => line.StartsWith("The new certificate is not used", StringComparison.Ordinal));

        var (third, thirdKey) = Leaf(root);
        await Write(chain, third, key, thirdKey);
        time.Advance(TlsFiles.LookEvery);
        Assert.Equal(Serial(third), await Served(server, root));
    }

    [Fact]
    public async Task A_certificate_that_ends_is_told_of_before_and_when_it_has_ended_and_no_more_when_it_is_renewed()
    {
        using var root = Authority("root", issuer: null);
        var (chain, key) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "key.pem"));
        var (first, firstKey) = Leaf(root, TimeSpan.FromDays(90));
        await Write(chain, first, key, firstKey);
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var logs = new LinesLogged();
        var files = new TlsFiles(chain, key, time, logs);
        Assert.Empty(logs.Lines);

        time.Advance(TimeSpan.FromDays(75));
        files.Current();
        time.Advance(TimeSpan.FromDays(1));
        files.Current();
        Assert.Contains("ends on", Assert.Single(logs.Lines), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(15));
        files.Current();
        Assert.Contains("has ended on", logs.Lines.Last(), StringComparison.Ordinal);

        var (second, secondKey) = Leaf(root, TimeSpan.FromDays(300));
        await Write(chain, second, key, secondKey);
        time.Advance(TimeSpan.FromDays(1));
        files.Current();
        Assert.Contains("was replaced", logs.Lines.Last(), StringComparison.Ordinal);
        Assert.Equal(3, logs.Lines.Count);
    }

    [Fact]
    public async Task A_certificate_that_has_not_begun_is_told_of_at_the_start()
    {
        using var root = Authority("root", issuer: null);
        var (chain, key) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "key.pem"));
        var (certificate, keyText) = Leaf(root);
        await Write(chain, certificate, key, keyText);
        var logs = new LinesLogged();
        _ = new TlsFiles(chain, key, new ManualTime(TimeProvider.System.GetUtcNow().AddDays(-1)), logs);
        Assert.Contains("is the clock right here?", Assert.Single(logs.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("radio.example.org", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("[::1]", false)]
    public async Task Over_TLS_browsers_are_told_to_come_by_TLS_only_under_a_name_of_ours(string host, bool told)
    {
        using var root = Authority("root", issuer: null);
        var (chain, key) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "key.pem"));
        var (certificate, keyText) = Leaf(root);
        await Write(chain, certificate, key, keyText);
        await using var server = await Start(chain, key);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Trusting(root) });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        request.Headers.Host = host;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(told, answer.Headers.Contains("Strict-Transport-Security"));
    }

    /// <summary>A client that knows only this root, and asks for localhost.</summary>
    private static SslClientAuthenticationOptions Trusting(X509Certificate2 root) =>
        new()
        {
            TargetHost = "localhost",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };

    private static async Task Write(string chain, string certificate, string key, string keyText)
    {
        await File.WriteAllTextAsync(key, keyText, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(chain, certificate, TestContext.Current.CancellationToken);
    }

    private static string Serial(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.SerialNumber;
    }

    /// <summary>Which certificate a new connection gets.</summary>
    private static async Task<string> Served(RelayServer server, X509Certificate2 root)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(Trusting(root), TestContext.Current.CancellationToken);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    [Fact]
    public async Task Files_that_are_no_certificate_are_named()
    {
        var file = Path.Combine(folder.FullName, "no.pem");
        await File.WriteAllTextAsync(file, "nothing", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ListenException>(() => Start(file, file));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    private static Task<RelayServer> Start(string chain, string key, TimeProvider? time = null, ILoggerFactory? logs = null) =>
        RelayServer.StartAsync(
            new RelayServerOptions
            {
                Port = 0,
                TlsCertificate = chain,
                TlsKey = key,
                AllowedHosts = ["radio.example.org"],
            },
            new ShowCatalog(ShowModes.Record),
            new CommitFeed(),
            time ?? TimeProvider.System,
            logs ?? NullLoggerFactory.Instance
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
            return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(400));
        }
        using var signed = request.Create(issuer, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private static (string Certificate, string Key) Leaf(X509Certificate2 issuer, TimeSpan? lasts = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("radio.example.org");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var leaf = request.Create(
            issuer,
            now.AddMinutes(-5),
            now + (lasts ?? TimeSpan.FromMinutes(30)),
            RandomNumberGenerator.GetBytes(8)
        );
        return (leaf.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
