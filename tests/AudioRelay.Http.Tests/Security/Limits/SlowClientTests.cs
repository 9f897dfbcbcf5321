using System.Net;
using System.Net.Sockets;
using System.Text;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.Http.Tests.Security.Limits;

/// <summary>Slow clients hold up nobody but themselves (S14).</summary>
public sealed class SlowClientTests
{
    // ./test --long takes the whole number of the requirement; the sockets are cheap, the machine's other tests are not.
    private static readonly int Sockets = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") == "1" ? 2000 : 500;

    [Fact]
    public async Task Two_thousand_sockets_that_never_finish_their_question_do_not_slow_the_others_down()
    {
        await using var server = await GuardedServer.Start();
        var slow = new List<Socket>();
        try
        {
            for (var i = 0; i < Sockets; i++)
            {
                slow.Add(await Drip(server.Server.Address, from: 2 + (i % 8)));
            }

            using var client = server.Client(GuardedServer.Listener);
            var times = new List<TimeSpan>();
            for (var i = 0; i < 300; i++)
            {
                foreach (var socket in slow.Skip(i % 50).Where((_, n) => n % 50 == 0))
                {
                    await TrySend(socket, "X-A: b\r\n");
                }

                var began = TimeProvider.System.GetTimestamp();
                using var answer = await client.GetAsync("/api/shows", TestContext.Current.CancellationToken);
                times.Add(TimeProvider.System.GetElapsedTime(began));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            times.Sort();
            var p99 = times[times.Count * 99 / 100];
            TestContext.Current.TestOutputHelper?.WriteLine($"{Sockets} slow sockets: median {times[times.Count / 2]}, p99 {p99}");
            Assert.True(p99 < TimeSpan.FromMilliseconds(200), $"p99 was {p99}, median {times[times.Count / 2]}");
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_question_that_is_not_asked_within_ten_seconds_is_cut_off()
    {
        await using var server = await GuardedServer.Start();
        using var socket = await Drip(server.Server.Address, from: 2);
        var began = TimeProvider.System.GetTimestamp();
        var buffer = new byte[1024];
        var heard = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var got)
        {
            heard.Append(Encoding.ASCII.GetString(buffer, 0, got));
        }

        Assert.Contains("408", heard.ToString(), StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(35));
    }

    [Fact]
    public async Task One_address_cannot_take_all_connections()
    {
        await using var server = await GuardedServer.Start(
            options: new RelayServerOptions
            {
                Port = 0,
                Tokens = GuardedServer.Tokens,
                MaxConnections = 100,
                MaxConnectionsPerAddress = 20,
            }
        );
        var slow = new List<Socket>();
        try
        {
            for (var i = 0; i < 150; i++)
            {
                slow.Add(await Drip(server.Server.Address, from: 2));
            }

            // The twenty-first and all after it are closed, which is told to the first who reads.
            Assert.Equal(0, await Read(slow[^1]));
            using var client = server.Client(GuardedServer.Listener);
            using var answer = await client.GetAsync("/api/shows", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task<int> Read(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return 0; // reset instead of closed
        }
    }

    /// <summary>A connection from one of this machine's many own addresses, with half a question.</summary>
    private static async Task<Socket> Drip(Uri server, int from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{from}"), 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return socket; // cut off before we knew that we were connected
        }

        await TrySend(socket, "GET /api/shows HTTP/1.1\r\nHost: localhost\r\n");
        return socket;
    }

    /// <summary>What the server has cut off already takes no more.</summary>
    private static async Task TrySend(Socket socket, string text)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        }
        catch (SocketException) { }
    }
}
