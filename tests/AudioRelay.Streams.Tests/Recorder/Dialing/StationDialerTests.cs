using System.Text;
using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

public sealed class StationDialerTests : IDisposable
{
    private readonly StationDialer _dialer = new(TimeProvider.System, "AudioRelay/test");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _dialer.Dispose();

    [Fact]
    public async Task A_modern_station_is_opened_with_our_name_and_a_wish_for_titles()
    {
        await using var server = new RawServer(
            new()
            {
                ["/live"] =
                    "HTTP/1.0 200 OK\r\nContent-Type: Audio/MPEG; charset=utf-8\r\nicy-metaint:16000\r\nicy-name:Test FM\r\nDate: Fri, 20 Nov 2026 08:10:46 GMT\r\n\r\nsound",
            }
        );
        await using var answer = await _dialer.Dial(server.Address("/live"), Token);
        Assert.Equal(StationContent.Mp3, answer.Content);
        Assert.Equal(16000, answer.MetaInterval);
        Assert.Equal("Test FM", answer.Name);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 8, 10, 46, TimeSpan.Zero), answer.Date);
        Assert.Equal("sound", await ReadAll(answer.Body));
        var request = Assert.Single(server.Requests);
        Assert.Contains("User-Agent: AudioRelay/test\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Icy-MetaData: 1\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_line_of_old_shoutcast_servers_is_understood()
    {
        await using var server = new RawServer(
            new() { ["/"] = "ICY 200 OK\r\nicy-metaint:8192\r\ncontent-type:audio/aacp\r\n\r\nICY not a header" }
        );
        await using var answer = await _dialer.Dial(server.Address("/"), Token);
        Assert.Equal(StationContent.Aac, answer.Content);
        Assert.Equal(8192, answer.MetaInterval);
        Assert.Equal("ICY not a header", await ReadAll(answer.Body));
    }

    [Fact]
    public async Task An_answer_without_a_type_is_left_to_the_frames()
    {
        await using var server = new RawServer(new() { ["/"] = "ICY 200 OK\r\n\r\nx" });
        await using var answer = await _dialer.Dial(server.Address("/"), Token);
        Assert.Equal(StationContent.Unsaid, answer.Content);
        Assert.Equal(0, answer.MetaInterval);
        Assert.Null(answer.Date);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: audio/x-scpls\r\n\r\n[playlist]\nNumberOfEntries=1\nFile1=/end\nTitle1=x\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: audio/x-mpegurl\r\n\r\n#EXTM3U\r\n#EXTINF:-1,x\r\n/end\r\n")]
    public async Task Redirects_and_playlists_lead_to_the_stream(string answer)
    {
        await using var server = new RawServer(
            new() { ["/start"] = answer, ["/end"] = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\nhere" }
        );
        await using var opened = await _dialer.Dial(server.Address("/start"), Token);
        Assert.Equal(server.Address("/end"), opened.Address);
        Assert.Equal("here", await ReadAll(opened.Body));
    }

    [Fact]
    public async Task A_playlist_sent_as_plain_text_is_known_by_its_name()
    {
        await using var server = new RawServer(
            new()
            {
                ["/radio.m3u"] = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n/end",
                ["/end"] = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\nhere",
            }
        );
        await using var opened = await _dialer.Dial(server.Address("/radio.m3u"), Token);
        Assert.Equal(server.Address("/end"), opened.Address);
    }

    [Theory]
    [InlineData("HTTP/1.0 404 File Not Found\r\n\r\n", DialFault.HttpStatus, "404")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", DialFault.WrongContent, "text/html")]
    [InlineData("HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n", DialFault.WrongContent, "redirects")]
    [InlineData("HTTP/1.0 302 Found\r\nLocation: ftp://x/\r\n\r\n", DialFault.WrongContent, "ftp")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: audio/mpegurl\r\n\r\n#EXTM3U\n#EXT-X-VERSION:3\nx.ts\n", DialFault.WrongContent, "HLS")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: audio/mpegurl\r\n\r\n#EXTM3U\n", DialFault.WrongContent, "names no")]
    [InlineData("this is not http at all\r\n\r\n", DialFault.ConnectFailed, "not HTTP")]
    [InlineData("", DialFault.ConnectFailed, "")]
    public async Task A_bad_answer_names_the_phase_that_failed(string answer, DialFault fault, string detail)
    {
        await using var server = new RawServer(new() { ["/"] = answer });
        var error = await Assert.ThrowsAsync<DialException>(() => _dialer.Dial(server.Address("/"), Token));
        Assert.Equal(fault, error.Fault);
        Assert.Contains(detail, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Endless_headers_are_refused_and_not_collected()
    {
        await using var server = new RawServer(
            new() { ["/"] = "HTTP/1.0 200 OK\r\n" + string.Concat(Enumerable.Repeat("x: yyyyyyyy\r\n", 20_000)) }
        );
        var error = await Assert.ThrowsAsync<DialException>(() => _dialer.Dial(server.Address("/"), Token));
        Assert.Equal(DialFault.ConnectFailed, error.Fault);
    }

    [Fact]
    public async Task A_playlist_is_read_no_further_than_64_KiB()
    {
        var long70 = string.Concat(Enumerable.Repeat("# nothing\n", 7_000));
        await using var server = new RawServer(
            new() { ["/"] = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpegurl\r\n\r\n" + long70 + "http://station.example/live\n" }
        );
        var error = await Assert.ThrowsAsync<DialException>(() => _dialer.Dial(server.Address("/"), Token));
        Assert.Equal(DialFault.WrongContent, error.Fault);
    }

    [Fact]
    public async Task Nobody_listening_is_a_failed_connection()
    {
        Uri address;
        await using (var server = new RawServer([]))
        {
            address = server.Address("/");
        }

        var error = await Assert.ThrowsAsync<DialException>(() => _dialer.Dial(address, Token));
        Assert.Equal(DialFault.ConnectFailed, error.Fault);
    }

    private static async Task<string> ReadAll(Stream body)
    {
        using var all = new MemoryStream();
        await body.CopyToAsync(all, Token);
        return Encoding.Latin1.GetString(all.ToArray());
    }
}
