using System.Globalization;
using System.Net;
using System.Text;

namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Opens a station's stream: redirects followed, playlists resolved, <c>ICY 200 OK</c> understood.</summary>
/// <remarks>One per process: it holds no state between dials, and no connection is ever used twice.</remarks>
public sealed class StationDialer : IDisposable
{
    /// <summary>Time allowed for the connection, TLS included (DESIGN §3).</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>Time allowed from the request to the end of the headers, for each hop.</summary>
    public static readonly TimeSpan HeaderLimit = TimeSpan.FromSeconds(10);

    private const int MostHops = 10;
    private const int MostHeaderKilobytes = 64;
    private const int MostPlaylistBytes = 64 * 1024;

    // An interval above this is a lie or an attack: real servers say 64 to 65,536.
    private const int MostMetaInterval = 16 * 1024 * 1024;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <param name="time">Measures the time limits.</param>
    /// <param name="userAgent">How we name ourselves, for example <c>AudioRelay/0.1</c>.</param>
    /// <param name="connect">Opens the connection to a host and port; null for TCP. Tests have stations without sockets.</param>
    public StationDialer(TimeProvider time, string userAgent, Func<DnsEndPoint, CancellationToken, ValueTask<Stream>>? connect = null)
        : this(time, userAgent, connect is null ? new StationDial().ConnectAsync : (context, token) => connect(context.DnsEndPoint, token))
    { }

    /// <summary>As the other, with its own way of finding and opening addresses.</summary>
    internal StationDialer(TimeProvider time, string userAgent, StationDial dial)
        : this(time, userAgent, dial.ConnectAsync) { }

    private StationDialer(
        TimeProvider time,
        string userAgent,
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect
    )
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // ours follows https to http as well, which stations do
            ConnectTimeout = ConnectLimit,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.Zero,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectCallback = connect,
            PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new IcyStatusLineStream(context.PlaintextStream)),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Icy-MetaData", "1");
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*");
    }

    /// <summary>Opens the stream at <paramref name="address"/>.</summary>
    /// <exception cref="DialException">It could not be opened; says which phase failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled.</exception>
    public async Task<StationAnswer> Dial(Uri address, CancellationToken token)
    {
        var trail = new DialTrail();
        for (var hop = 0; hop <= MostHops; hop++)
        {
            var response = await Ask(address, trail, token);
            var keep = false;
            try
            {
                if (Redirect(response, address) is { } next)
                {
                    address = next;
                    continue;
                }

                if (!response.IsSuccessStatusCode)
                {
                    throw new DialException(DialFault.HttpStatus, $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
                }

                var content = ContentOf(response, address);
                if (content == StationContent.Playlist)
                {
                    address = await Resolve(response, address, token);
                    continue;
                }

                if (content == StationContent.Other)
                {
                    throw new DialException(
                        DialFault.WrongContent,
                        $"the answer is {response.Content.Headers.ContentType}, not MP3 or AAC"
                    );
                }

                var body = await response.Content.ReadAsStreamAsync(token);
                keep = true;
                return new StationAnswer(
                    new OwnedBody(response, body),
                    content,
                    MetaInterval(response),
                    response.Headers.Date,
                    Header(response, "icy-name"),
                    address
                );
            }
            finally
            {
                if (!keep)
                {
                    response.Dispose();
                }
            }
        }

        throw new DialException(DialFault.WrongContent, $"more than {MostHops} redirects and playlists in a row");
    }

    /// <summary>Closes what is still connecting.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> Ask(Uri address, DialTrail trail, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(ConnectLimit + HeaderLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Options.Set(StationDial.Trail, trail);
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException error) when (!token.IsCancellationRequested)
        {
            throw new DialException(DialFault.ConnectFailed, "no answer within the time limit", error);
        }
        catch (HttpRequestException error) when (error.InnerException is DialException refused)
        {
            throw new DialException(refused.Fault, refused.Message, error);
        }
        catch (HttpRequestException error)
        {
            throw new DialException(DialFault.ConnectFailed, Describe(error), error);
        }
        catch (NotSupportedException error)
        {
            throw new DialException(DialFault.ConnectFailed, $"cannot dial a {address.Scheme} address", error);
        }
    }

    private static string Describe(HttpRequestException error) =>
        error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the host name was not found",
            HttpRequestError.SecureConnectionError => "the TLS connection was refused",
            HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded => "the answer is not HTTP",
            HttpRequestError.ConfigurationLimitExceeded => "the answer's headers are too long",
            _ => error.InnerException?.Message ?? error.Message,
        };

    private static Uri? Redirect(HttpResponseMessage response, Uri address)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        var next = new Uri(address, location);
        return next.Scheme is "http" or "https"
            ? next
            : throw new DialException(DialFault.WrongContent, $"redirected to a {next.Scheme} address");
    }

    private static StationContent ContentOf(HttpResponseMessage response, Uri address)
    {
        var said = StationContents.Of(response.Content.Headers.ContentType) switch
        {
            StationContent.Unsaid when Header(response, "content-type") is { } raw => StationContents.Of(raw.Split(';')[0]),
            var known => known,
        };
        // Web servers hand out .pls and .m3u files as text/plain; the name is then the better witness.
        return PlaylistFile.IsNamed(address) && said is (StationContent.Unsaid or StationContent.Other) ? StationContent.Playlist : said;
    }

    private async Task<Uri> Resolve(HttpResponseMessage response, Uri address, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(HeaderLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        var buffer = new byte[MostPlaylistBytes];
        int length;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
        }
        catch (OperationCanceledException error) when (!token.IsCancellationRequested)
        {
            throw new DialException(DialFault.WrongContent, "the playlist did not end within the time limit", error);
        }
        catch (IOException error)
        {
            throw new DialException(DialFault.ConnectFailed, "the connection broke while the playlist was read", error);
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        if (PlaylistFile.IsHls(text))
        {
            throw new DialException(DialFault.WrongContent, "this is an HLS playlist; give the station's MP3 or AAC stream");
        }

        return PlaylistFile.FirstStream(text, address)
            ?? throw new DialException(DialFault.WrongContent, "the playlist names no http address");
    }

    private static int MetaInterval(HttpResponseMessage response) =>
        int.TryParse(Header(response, "icy-metaint"), NumberStyles.None, CultureInfo.InvariantCulture, out var interval)
        && interval is > 0 and <= MostMetaInterval
            ? interval
            : 0;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? values.FirstOrDefault()?.Trim()
            : null;

    /// <summary>The body together with the response that must be disposed with it.</summary>
    private sealed class OwnedBody(HttpResponseMessage response, Stream body) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            body.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            body.ReadAsync(buffer, offset, count, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => body.Read(buffer, offset, count);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                body.Dispose();
                response.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
