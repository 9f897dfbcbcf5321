using System.Net;
using System.Net.Sockets;
using System.Text;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>Everything that can be wrong with an answer, and what a person is told.</summary>
public sealed class RecorderClientFaultTests
{
    private const string Secret = "s3cret-token";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, """{"error":"A token is needed."}""", RecorderFault.TokenRefused, "does not know the token")]
    [InlineData(403, """{"error":"This token opens something else."}""", RecorderFault.TokenRefused, "sync-read")]
    [InlineData(403, """{"error":"'news' is a recipient database"}""", RecorderFault.Recipient, "filled by sync")]
    [InlineData(404, """{"error":"There is no show 'news' here."}""", RecorderFault.NoSuchShow, "no show 'news'")]
    [InlineData(429, """{"error":"slower"}""", RecorderFault.Unwell, "slower")]
    [InlineData(500, "[1]", RecorderFault.Unwell, "(500)")]
    [InlineData(503, "{", RecorderFault.Unwell, "(503)")]
    [InlineData(400, """{"error":"start_id is missing s3cret-token\n\u0007"}""", RecorderFault.BadAnswer, "start_id is missing ***")]
    [InlineData(204, "", RecorderFault.BadAnswer, "204")]
    public async Task Each_status_says_what_is_wrong(int status, string body, RecorderFault fault, string says)
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(body, status));
        using var client = Answers.Client(stand, Secret);
        var error = await Answers.Fault(fault, () => client.MetadataAsync("news", Token));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Without_a_token_one_is_told_to_give_it()
    {
        await using var stand = new WebStand(_ => WebAnswer.Json("{}", 401));
        using var client = Answers.Client(stand);
        var error = await Answers.Fault(RecorderFault.TokenRefused, () => client.ShowsAsync(Token));
        Assert.Contains("remote_token_profile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_reset_as_it_opens_is_a_recorder_out_of_reach()
    {
        // What HttpClient throws when the peer's reset comes between connecting and its look at the peer's address: no HttpRequestException.
        using var line = new RecorderLine(new RecorderClientOptions(new Uri("http://127.0.0.1:9")), TimeProvider.System, resolve: null);
        using var watch = new StallWatch(RecorderLine.StallLimit, TimeProvider.System, Token);
        var error = await Answers.Fault(
            RecorderFault.Unreachable,
            () => line.Guard<int>(() => throw new SocketException((int)SocketError.NotConnected), watch)
        );
        Assert.Contains("broke (NotConnected)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_where_to_is_told()
    {
        await using var other = new WebStand(_ => WebAnswer.Json(Answers.Metadata));
        await using var stand = new WebStand(_ =>
            WebAnswer.Text("", 302) with
            {
                Headers = [$"location: http://user:pw@127.0.0.1:{other.Address.Port}/login?secret=1"],
            }
        );
        using var client = Answers.Client(stand, Secret);
        var error = await Answers.Fault(RecorderFault.NotARecorder, () => client.MetadataAsync("news", Token));
        Assert.Contains($"http://127.0.0.1:{other.Address.Port}/login", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "web page")]
    [InlineData("audio/mpeg", "audio/mpeg")]
    [InlineData(null, "no type")]
    public async Task Something_else_at_the_address_is_named(string? type, string says)
    {
        await using var stand = new WebStand(_ => WebAnswer.Bytes("<html></html>"u8.ToArray(), type));
        using var client = Answers.Client(stand);
        var lists = await Answers.Fault(RecorderFault.NotARecorder, () => client.ShowsAsync(Token));
        Assert.Contains(says, lists.Message, StringComparison.Ordinal);
        await Answers.Fault(RecorderFault.NotARecorder, () => client.SegmentsAsync("news", 1, 2, 2, 100, Token));
        await using var events = client.EventsAsync(Token).GetAsyncEnumerator(Token);
        await Answers.Fault(RecorderFault.NotARecorder, () => events.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task A_server_that_knows_no_sync_is_no_recorder()
    {
        await using var stand = new WebStand(_ => WebAnswer.Text("404", 404));
        using var client = Answers.Client(stand);
        var error = await Answers.Fault(RecorderFault.NotARecorder, () => client.ShowsAsync(Token));
        Assert.Contains("no sync API", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_told()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new RecorderClient(new RecorderClientOptions(new Uri($"http://me:pw@127.0.0.1:{port}")), TimeProvider.System);
        var error = await Answers.Fault(RecorderFault.Unreachable, () => client.ShowsAsync(Token));
        Assert.Contains("Nothing listens", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_nobodys_is_told()
    {
        using var client = new RecorderClient(
            new RecorderClientOptions(new Uri("http://recorder.invalid:17000")),
            TimeProvider.System,
            (_, _) => throw new SocketException((int)SocketError.HostNotFound)
        );
        var error = await Answers.Fault(RecorderFault.Unreachable, () => client.ShowsAsync(Token));
        Assert.Contains("no host of the name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_speak_http_or_tls_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var greets = Greet(listener, 2);
        using var client = new RecorderClient(new RecorderClientOptions(address), TimeProvider.System);
        var error = await Answers.Fault(RecorderFault.NotARecorder, () => client.ShowsAsync(Token));
        Assert.Contains("does not speak HTTP", error.Message, StringComparison.Ordinal);
        using var tls = new RecorderClient(
            new RecorderClientOptions(new UriBuilder(address) { Scheme = "https" }.Uri),
            TimeProvider.System
        );
        var noTls = await Answers.Fault(RecorderFault.NotARecorder, () => tls.ShowsAsync(Token).Guarded("the handshake to fail"));
        Assert.Contains("Is it an http address?", noTls.Message, StringComparison.Ordinal);
        await greets;

        static async Task Greet(TcpListener listener, int times)
        {
            for (var greeted = 0; greeted < times; greeted++)
            {
                using var socket = await listener.AcceptSocketAsync(Token);
                await socket.SendAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), Token);
                await socket.ReceiveAsync(new byte[4096], Token);
            }
        }
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("172.32.0.1")]
    public async Task The_token_does_not_travel_in_the_open_to_a_public_address(string address)
    {
        using var client = new RecorderClient(
            new RecorderClientOptions(new Uri("http://recorder.example:17000")) { Token = Secret },
            TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)])
        );
        var error = await Answers.Fault(RecorderFault.TokenRefused, () => client.ShowsAsync(Token));
        Assert.Contains("insecure_remote", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Secret, false, "8.8.8.8", "127.0.0.1")] // of two addresses the private one
    [InlineData(Secret, true, "127.0.0.1")]
    [InlineData(null, false, "127.0.0.1")]
    [InlineData(Secret, false, "::ffff:127.0.0.1")]
    public async Task The_token_goes_to_private_addresses_and_wherever_one_insists(string? token, bool insecure, params string[] addresses)
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(Answers.Metadata));
        using var client = new RecorderClient(
            new RecorderClientOptions(new Uri($"http://recorder.example:{stand.Address.Port}"))
            {
                Token = token,
                InsecureRemote = insecure,
            },
            TimeProvider.System,
            (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())
        );
        await client.MetadataAsync("news", Token);
    }

    [Fact]
    public async Task An_answer_that_stalls_is_given_up_and_a_slow_one_is_not()
    {
        var time = new ManualTime();
        using var more = new SemaphoreSlim(0);
        var asking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] pieces =
        [
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n",
            .. Answers.Metadata.Chunk(9).Select(c => new string(c)),
        ];
        await using var stand = new WebStand(_ =>
        {
            asking.SetResult();
            return new WebAnswer(0, null, [])
            {
                Raw = [],
                Then = async (socket, stop) =>
                {
                    foreach (var piece in pieces)
                    {
                        await more.WaitAsync(stop);
                        await socket.SendAsync(Encoding.ASCII.GetBytes(piece), stop);
                    }

                    await WebAnswer.Silence(socket, stop);
                },
            };
        });
        using var client = Answers.Client(stand, time: time);
        var asked = client.MetadataAsync("news", Token);
        await asking.Task.Guarded("the request");
        foreach (var _ in pieces)
        {
            var armed = time.NextArming();
            time.Advance(TimeSpan.FromSeconds(14)); // in all far more than the limit
            more.Release();
            await armed;
        }

        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(15));
        var error = await Answers.Fault(RecorderFault.Unreachable, () => asked.Guarded("the client to give up"));
        Assert.Contains("stalled", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_may_be_silent_for_three_heartbeats()
    {
        var time = new ManualTime();
        using var more = new SemaphoreSlim(0);
        var asking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stand = new WebStand(_ =>
        {
            asking.SetResult();
            return new WebAnswer(0, null, [])
            {
                Raw = [],
                Then = async (socket, stop) =>
                {
                    foreach (var piece in new[] { "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n", ": here\n\n" })
                    {
                        await more.WaitAsync(stop);
                        await socket.SendAsync(Encoding.ASCII.GetBytes(piece), stop);
                    }

                    await WebAnswer.Silence(socket, stop);
                },
            };
        });
        using var client = Answers.Client(stand, time: time);
        await using var events = client.EventsAsync(Token).GetAsyncEnumerator(Token);
        var heard = events.MoveNextAsync().AsTask();
        await asking.Task.Guarded("the request");
        for (var piece = 0; piece < 2; piece++)
        {
            var armed = time.NextArming();
            time.Advance(RecorderClient.SilenceLimit - TimeSpan.FromSeconds(1));
            more.Release();
            await armed;
        }

        Assert.False(heard.IsCompleted);
        time.Advance(RecorderClient.SilenceLimit);
        await Answers.Fault(RecorderFault.Unreachable, () => heard.Guarded("the client to give up"));
    }

    [Fact]
    public async Task One_who_gives_up_is_not_told_of_faults()
    {
        await using var stand = new WebStand(_ => WebAnswer.Json("") with { Then = WebAnswer.Silence });
        using var client = Answers.Client(stand);
        using var left = new CancellationTokenSource();
        var asked = client.MetadataAsync("news", left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.Guarded("the client to leave"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_show_whose_name_would_leave_its_path_is_not_asked_for(string show)
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(Answers.Metadata));
        using var client = Answers.Client(stand);
        await Answers.Fault(RecorderFault.NoSuchShow, () => client.MetadataAsync(show, Token));
        Assert.Empty(stand.Requests);
    }

    [Fact]
    public void What_cannot_be_an_address_or_a_token_is_refused_at_once_and_not_repeated()
    {
        Assert.Throws<ArgumentException>(() => new RecorderClient(new RecorderClientOptions(new Uri("ftp://a")), TimeProvider.System));
        var options = new RecorderClientOptions(new Uri("http://a")) { Token = "two\nlines" };
        var error = Assert.Throws<ArgumentException>(() => new RecorderClient(options, TimeProvider.System));
        Assert.DoesNotContain("two", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two", options.ToString(), StringComparison.Ordinal);
    }
}
