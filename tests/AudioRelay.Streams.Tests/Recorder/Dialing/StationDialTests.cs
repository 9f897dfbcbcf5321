using System.Net;
using System.Net.Sockets;
using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

/// <summary>Where stations may send us: names and addresses are the test's, every connection ends at its one server.</summary>
public sealed class StationDialTests
{
    private const string Outside = "8.8.8.8";
    private const string Redirect = "HTTP/1.1 302 Found\r\nLocation: {0}\r\nContent-Length: 0\r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Redirect, "http://127.0.0.1/end")]
    [InlineData(Redirect, "http://[::ffff:10.0.0.1]/end")]
    [InlineData(Redirect, "http://2130706433/end")]
    [InlineData(Redirect, "http://printer.home/end")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n#EXTM3U\r\n{0}\r\n", "http://169.254.169.254/end")]
    public async Task A_station_out_there_sends_us_to_no_address_of_our_own_network(string answer, string to)
    {
        await using var server = Serve(answer, to);
        using var dialer = Dialer(
            server,
            new()
            {
                ["radio.org"] =
                [
                    [Outside],
                ],
                ["printer.home"] =
                [
                    ["192.168.1.9"],
                ],
            }
        );

        var error = await Assert.ThrowsAsync<DialException>(() => dialer.Dial(new Uri("http://radio.org/start"), Token));

        Assert.Equal(DialFault.WrongContent, error.Fault);
        Assert.Contains("own network", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_name_that_stands_for_another_address_a_moment_later_leads_nowhere_either()
    {
        await using var server = Serve(Redirect, "http://radio.org/end");
        using var dialer = Dialer(
            server,
            new()
            {
                ["radio.org"] =
                [
                    [Outside],
                    ["127.0.0.1"],
                ],
            }
        );

        var error = await Assert.ThrowsAsync<DialException>(() => dialer.Dial(new Uri("http://radio.org/start"), Token));

        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_addresses_of_a_name_only_those_outside_are_taken()
    {
        await using var server = Serve(Redirect, "http://two.org/end");
        List<string> opened = [];
        using var dialer = Dialer(
            server,
            new()
            {
                ["radio.org"] =
                [
                    [Outside],
                ],
                ["two.org"] =
                [
                    ["10.0.0.1", "8.8.4.4"],
                ],
            },
            opened
        );

        await using var answer = await dialer.Dial(new Uri("http://radio.org/start"), Token);

        Assert.Equal([Outside, "8.8.4.4"], opened);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.9")]
    public async Task A_station_of_our_own_network_was_configured_and_may_send_us_anywhere(string inside)
    {
        await using var server = Serve(Redirect, "http://10.0.0.7/end");
        using var dialer = Dialer(
            server,
            new()
            {
                ["radio.home"] =
                [
                    [inside],
                ],
            }
        );

        await using var answer = await dialer.Dial(new Uri("http://radio.home/start"), Token);

        Assert.Equal(new Uri("http://10.0.0.7/end"), answer.Address);
    }

    [Fact]
    public async Task A_way_that_led_outside_does_not_lead_back()
    {
        await using var server = new RawServer(
            new()
            {
                ["/start"] = Redirect.Replace("{0}", "http://radio.org/next", StringComparison.Ordinal),
                ["/next"] = Redirect.Replace("{0}", "http://10.0.0.7/end", StringComparison.Ordinal),
            }
        );
        using var dialer = Dialer(
            server,
            new()
            {
                ["radio.home"] =
                [
                    ["10.0.0.6"],
                ],
                ["radio.org"] =
                [
                    [Outside],
                ],
            }
        );

        var error = await Assert.ThrowsAsync<DialException>(() => dialer.Dial(new Uri("http://radio.home/start"), Token));

        Assert.Contains("10.0.0.7", error.Message, StringComparison.Ordinal);
    }

    private static RawServer Serve(string answer, string to) =>
        new(
            new()
            {
                ["/start"] = answer.Replace("{0}", to, StringComparison.Ordinal),
                ["/end"] = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\nhere",
            }
        );

    /// <param name="server">Where every connection ends.</param>
    /// <param name="names">For each name the answers to each question after it; the last one stays.</param>
    /// <param name="opened">Hears each first address that was to be connected to.</param>
    private static StationDialer Dialer(RawServer server, Dictionary<string, string[][]> names, List<string>? opened = null)
    {
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        var dial = new StationDial(
            (host, _) =>
            {
                if (IPAddress.TryParse(host, out var address))
                {
                    return Task.FromResult<IPAddress[]>([address]);
                }

                var answers = names[host];
                asked[host] = asked.GetValueOrDefault(host) + 1;
                return Task.FromResult<IPAddress[]>([.. answers[Math.Min(asked[host], answers.Length) - 1].Select(IPAddress.Parse)]);
            },
            async (addresses, _, token) =>
            {
                opened?.Add(addresses[0].ToString());
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, server.Address("/").Port, token);
                return (new NetworkStream(socket, ownsSocket: true), addresses[0]);
            }
        );
        return new StationDialer(TimeProvider.System, "AudioRelay/test", dial);
    }
}
