using System.Net.Sockets;
using System.Text;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Media.Tests.TestKit;

public sealed class StationTransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_client_hears_a_station_on_a_real_socket()
    {
        await using var server = new SocketStation(
            new StationScript { BurstBytes = 20_000, MetaInterval = 8192 },
            TimeProvider.System,
            TimeSpan.FromMinutes(1)
        );
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Icy-MetaData", "1");
        using var response = await client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("8192", Assert.Single(response.Headers.GetValues("icy-metaint")));
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        await body.ReadExactlyAsync(new byte[20_000], Token).AsTask().Guarded("the burst");

        server.Now(at => new Drop(at));
        var rest = new byte[4096];
        while (await body.ReadAsync(rest, Token).AsTask().Guarded("the end") > 0) { }

        Assert.Equal(1, server.Station.Dials);
    }

    [Fact]
    public async Task An_old_server_says_ICY_and_endless_headers_do_not_end()
    {
        await using var server = new SocketStation(
            new StationScript
            {
                StatusLine = "ICY 200 OK",
                EndlessHeaders = true,
                ContentType = "",
            },
            TimeProvider.System
        );
        using var socket = new TcpClient(server.Address.Host, server.Address.Port);
        await socket.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Token);
        var head = new byte[100_000];
        await socket.GetStream().ReadExactlyAsync(head, Token).AsTask().Guarded("a hundred thousand bytes of headers");
        var text = Encoding.ASCII.GetString(head);
        Assert.StartsWith("ICY 200 OK\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_in_memory_is_heard_whole_at_the_times_of_the_script()
    {
        var time = new ManualTime();
        using var air = new MemoryAir(time);
        var start = time.GetUtcNow();
        var station = air.Add(
            "one",
            new StationScript { Acts = [new Drop(TimeSpan.FromMinutes(20)), new Drop(TimeSpan.FromMinutes(40), Reset: true)] }
        );
        using var client = new HttpClient(
            new SocketsHttpHandler { ConnectCallback = (context, _) => ValueTask.FromResult(air.Connect(context.DnsEndPoint.Host)) }
        );
        List<DateTimeOffset> ends = [];
        long bytes = 0;
        var dialled = air.NextDial();
        var listening = Listen();
        await dialled.Guarded("the first dial");
        await air.RunFor(TimeSpan.FromHours(1));

        Assert.Equal([start + TimeSpan.FromMinutes(20), start + TimeSpan.FromMinutes(40)], ends);
        Assert.Equal(3, station.Dials);
        Assert.InRange(bytes, 3590 * 16_000, 3600 * 16_000);
        air.Dispose();
        await listening.Guarded("the listener");

        async Task Listen()
        {
            var buffer = new byte[8192];
            for (var dial = 0; dial < 3; dial++)
            {
                try
                {
                    await using var body = await client.GetStreamAsync(new Uri("http://one/"), Token);
                    for (int count; (count = await body.ReadAsync(buffer, Token)) > 0; )
                    {
                        bytes += count;
                    }
                }
                catch (Exception error) when (error is IOException or HttpRequestException) { }

                ends.Add(time.GetUtcNow());
                ends.RemoveAll(end => end == start + TimeSpan.FromHours(1));
            }
        }
    }
}
