using System.Net;
using System.Net.Sockets;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Media.Tests.TestKit;

public sealed class ChaosProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly ManualTime _time = new();
    private ChaosProxy _proxy = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.Start();
        _proxy = new ChaosProxy(_server.LocalEndpoint, _time, new Random(1));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_both_ways_and_are_kept()
    {
        _proxy.FromServer = new ChaosRules { SliceBytes = 7 };
        using var line = await Line.Open(_server, _proxy);
        await line.Client.SendAsync("hello"u8.ToArray(), Token);
        Assert.Equal("hello"u8.ToArray(), await line.Server.Read(5));
        var answer = Bytes(100_000);
        var sending = line.Server.SendAsync(answer, Token);
        Assert.Equal(answer, await line.Client.Read(answer.Length));
        await sending;
        line.Server.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await line.Client.ReceiveAsync(new byte[1], Token).AsTask().Guarded("the end"));

        var connection = Assert.Single(_proxy.Connections);
        Assert.Equal(answer, connection.ToClient);
        Assert.Equal("hello"u8.ToArray(), connection.ToServer);
    }

    [Fact]
    public async Task Delayed_bytes_arrive_when_the_time_has_come()
    {
        _proxy.FromServer = new ChaosRules { Delay = TimeSpan.FromSeconds(3) };
        using var line = await Line.Open(_server, _proxy);
        await line.Server.SendAsync("x"u8.ToArray(), Token);
        await _time.Armed(TimeSpan.FromSeconds(3));
        Assert.Equal(0, line.Client.Available);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("x"u8.ToArray(), await line.Client.Read(1));
    }

    [Fact]
    public async Task A_line_is_cut_after_so_many_bytes()
    {
        _proxy.FromServer = new ChaosRules { CutAfterBytes = 1000 };
        using var line = await Line.Open(_server, _proxy);
        await line.Server.SendAsync(Bytes(5000), Token);
        Assert.Equal(Bytes(5000)[..1000], await line.Client.Read(1000));
        Assert.True(await line.Client.IsOver());
        Assert.False(Assert.Single(_proxy.Connections).IsOpen);
    }

    [Fact]
    public async Task A_reset_is_an_error_and_a_cut_is_an_end()
    {
        using var cut = await Line.Open(_server, _proxy);
        _proxy.Cut();
        Assert.Equal(0, await cut.Client.ReceiveAsync(new byte[1], Token).AsTask().Guarded("the end"));

        using var reset = await Line.Open(_server, _proxy);
        _proxy.Reset();
        await Assert.ThrowsAsync<SocketException>(() => reset.Client.ReceiveAsync(new byte[1], Token).AsTask().Guarded("the reset"));
    }

    [Fact]
    public async Task On_a_half_open_line_nothing_arrives_while_others_work()
    {
        using var old = await Line.Open(_server, _proxy);
        _proxy.HalfOpen();
        await old.Server.SendAsync("late"u8.ToArray(), Token);
        using var other = await Line.Open(_server, _proxy);
        await other.Server.SendAsync("new"u8.ToArray(), Token);
        Assert.Equal("new"u8.ToArray(), await other.Client.Read(3));
        Assert.Equal(0, old.Client.Available);
        _proxy.Thaw();
        Assert.Equal("late"u8.ToArray(), await old.Client.Read(4));
    }

    [Fact]
    public async Task Corrupted_bytes_differ_by_one_bit_and_keep_their_number()
    {
        _proxy.FromServer = new ChaosRules { CorruptPerMille = 10 };
        using var line = await Line.Open(_server, _proxy);
        await line.Server.SendAsync(Bytes(50_000), Token);
        var arrived = await line.Client.Read(50_000);
        var flips = arrived.Zip(Bytes(50_000), (a, b) => int.PopCount(a ^ b)).Where(bits => bits > 0).ToList();
        Assert.All(flips, bits => Assert.Equal(1, bits));
        Assert.InRange(flips.Count, 350, 650);
    }

    [Fact]
    public async Task A_schedule_by_seed_is_the_same_each_time_and_is_played_in_time()
    {
        var a = ChaosEvent.Schedule(new Random(3), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), ChaosKind.Cut, ChaosKind.Reset);
        var b = ChaosEvent.Schedule(new Random(3), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), ChaosKind.Cut, ChaosKind.Reset);
        Assert.Equal(a, b);
        Assert.InRange(a.Count, 30, 90);

        using var line = await Line.Open(_server, _proxy);
        var play = _proxy.Play([new(TimeSpan.FromSeconds(5), ChaosKind.Refuse), new(TimeSpan.FromSeconds(9), ChaosKind.Cut)], Token);
        await _time.Armed(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        await _time.Armed(TimeSpan.FromSeconds(4));
        Assert.True(_proxy.Refuses);
        Assert.True(_proxy.Connections[0].IsOpen);
        _time.Advance(TimeSpan.FromSeconds(4));
        await play.Guarded("the schedule");
        Assert.True(await line.Client.IsOver());
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private sealed record Line(Socket Client, Socket Server) : IDisposable
    {
        public static async Task<Line> Open(TcpListener server, ChaosProxy proxy)
        {
            var before = proxy.Connections.Count;
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, proxy.Port), Token);
            var accepted = await server.AcceptSocketAsync(Token).AsTask().Guarded("the proxy to connect");
            await proxy.Connection(before);
            return new Line(client, accepted);
        }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
