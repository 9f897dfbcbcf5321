using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Asks a recorder over HTTP: every answer bounded, none waited for when it stalls, every failure a <see cref="RecorderException"/>.</summary>
internal sealed class RecorderLine : IDisposable
{
    /// <summary>How long nothing may come before an answer is given up.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(15);

    private const int MostConnections = 32;
    private const int MostHeaderKilobytes = 32;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Uri _base;
    private readonly RecorderRefusal _refusal;
    private volatile string? _certificate;

    public RecorderLine(RecorderClientOptions options, TimeProvider time, RecorderDial.Resolver? resolve)
    {
        _time = time;
        _base = Base(options.Url);
        _refusal = new RecorderRefusal(Shown, options.Token);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // the token is for this recorder only
                AutomaticDecompression = DecompressionMethods.None, // sound does not shrink, and what does not unpack cannot burst
                ConnectCallback = new RecorderDial(options, time, resolve).ConnectAsync,
                ConnectTimeout = RecorderDial.Limit, // of the clock on the wall; it covers TLS too
                MaxConnectionsPerServer = MostConnections, // a thousand shows ask at once, and a recorder bears with 500 connections of one address
                MaxResponseHeadersLength = MostHeaderKilobytes,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // then the name is looked up again
                UseCookies = false,
                UseProxy = false,
                SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Trusts },
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        if (options.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = Bearer(token);
        }
    }

    /// <summary>The recorder's address as it may be shown.</summary>
    public string Shown => RecorderFailure.Shown(_base);

    /// <summary>The whole body of a 200.</summary>
    /// <param name="path">Below the recorder's address, with the query.</param>
    /// <param name="accept">The Accept header.</param>
    /// <param name="bound">How much is read at most.</param>
    /// <param name="token">Gives up.</param>
    public async Task<RecorderAnswer> GetAsync(string path, string accept, AnswerBound bound, CancellationToken token)
    {
        using var watch = new StallWatch(StallLimit, _time, token);
        using var response = await OpenAsync(path, accept, watch);
        return await Guard(() => ReadAsync(response, bound, watch), watch);
    }

    /// <summary>The response to a 200, once its headers are here.</summary>
    /// <param name="path">Below the recorder's address, with the query.</param>
    /// <param name="accept">The Accept header.</param>
    /// <param name="watch">Restarted when the headers have come.</param>
    public async Task<HttpResponseMessage> OpenAsync(string path, string accept, StallWatch watch)
    {
        var response = await Guard(() => SendAsync(path, accept, watch), watch);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            var reason = await Guard(() => RecorderRefusal.ReasonAsync(response, watch), watch);
            throw _refusal.Of(response, reason);
        }
    }

    /// <summary>Does a step of an exchange; what fails in it is told as what it means.</summary>
    public async Task<T> Guard<T>(Func<Task<T>> step, StallWatch watch)
    {
        try
        {
            return await step();
        }
        // HttpClient lets a bare SocketException through when a connection is reset between its opening and the look at whom it leads to.
        catch (Exception error)
            when (error is HttpRequestException or IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            watch.ThrowIfCallerLeft();
            throw RecorderFailure.Of(error, Shown, watch.Stalled ? watch.Limit : null, _certificate);
        }
        catch (InvalidDataException error)
        {
            throw new RecorderException(RecorderFault.BadAnswer, $"{Shown}: {error.Message}. Nothing of it is kept.", error);
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Base(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("A recorder's address begins with http:// or https://.");
        }

        var plain = RecorderFailure.Shown(url);
        return new Uri(plain.EndsWith('/') ? plain : plain + "/");
    }

    private static AuthenticationHeaderValue Bearer(string token) =>
        token.Length > 0 && token.All(c => c is > ' ' and < '\x7f')
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw new ArgumentException("The recorder's token is empty or has characters that no token has.");

    private async Task<HttpResponseMessage> SendAsync(string path, string accept, StallWatch watch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_base, path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token);
        watch.Restart();
        return response;
    }

    private static async Task<RecorderAnswer> ReadAsync(HttpResponseMessage response, AnswerBound bound, StallWatch watch)
    {
        await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
        var (buffer, length) = await BoundedBody.ReadAsync(body, response.Content.Headers.ContentLength, bound, watch);
        return new RecorderAnswer(buffer, length, response.Content.Headers.ContentType)
        {
            Digest = Header(response, AnswerSeal.DigestHeader),
            Question = Header(response, AnswerSeal.QuestionHeader),
        };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values)
        || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _certificate = CertificateProblem.Of(errors, chain);
        return errors == SslPolicyErrors.None;
    }
}
