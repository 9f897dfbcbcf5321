using System.IO.Compression;
using System.Net;
using AudioRelay.Http.Hls;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Hls;

public sealed class PlaylistTests(ThreeSessions three) : IClassFixture<ThreeSessions>, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_finished_range_is_whole_relative_and_ended()
    {
        _file.Open(NowMs - 60_000).Add(5, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var text = await server.Text("/api/opus-playlist.m3u8?start_id=2&end_id=4");
        Assert.StartsWith("#EXTM3U\n", text, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-PLAYLIST-TYPE:VOD", text, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-MEDIA-SEQUENCE:2\n", text, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-TARGETDURATION:2\n", text, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-PROGRAM-DATE-TIME:2026-11-20T11:59:02.000", text, StringComparison.Ordinal);
        Assert.EndsWith("#EXT-X-ENDLIST\n", text, StringComparison.Ordinal);
        Assert.Equal(["opus-segment/2.m4s", "opus-segment/3.m4s", "opus-segment/4.m4s"], Names(text));
        Assert.DoesNotContain("DISCONTINUITY", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_listed_can_be_fetched_relative_to_the_playlist()
    {
        _file.Open(NowMs - 60_000).Add(5, 96_000).Close();
        await using var server = await PlaybackServer.Record(_file);
        var address = new Uri(server.Client.BaseAddress!, "/api/show/show/opus-playlist.m3u8");
        var text = await server.Text(address.AbsolutePath);
        var map = text.Split('\n').Single(line => line.StartsWith("#EXT-X-MAP:", StringComparison.Ordinal)).Split('"')[1];
        foreach (var uri in Uris(text).Append(map))
        {
            using var response = await server.Client.GetAsync(new Uri(address, uri));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("audio/mp4", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Sections_are_joined_when_they_continue_and_parted_when_they_do_not()
    {
        _file.Open(NowMs - 600_000).Add(2, 96_000).Close(EndCause.Continued);
        var first = _file.SectionId;
        _file.Open(NowMs - 596_000, continues: first, chainSamples: 192_000).Add(2, 96_000).Close(EndCause.Disconnected);
        _file.Open(NowMs - 300_000).Add(2, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var lines = (await server.Text("/api/opus-playlist.m3u8")).Split('\n');
        var at = Assert.Single(Enumerable.Range(0, lines.Length), i => lines[i] == "#EXT-X-DISCONTINUITY");
        Assert.StartsWith("#EXT-X-PROGRAM-DATE-TIME:2026-11-20T11:55:00.000", lines[at + 1], StringComparison.Ordinal);
        Assert.StartsWith("opus-segment/5.m4s?", lines[at + 3], StringComparison.Ordinal);
        Assert.Single(lines, line => line.StartsWith("#EXT-X-MAP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_growing_section_is_only_appended_to_and_ends_when_it_does()
    {
        _file.Open(NowMs - 60_000).Add(2, 96_000);
        await using var server = await PlaybackServer.Record(_file, targetSeconds: 2, new ManualTime(Now));
        var path = $"/api/show/show/opus-playlist.m3u8?section_id={_file.SectionId}";
        var before = await server.Text(path);
        Assert.Contains("#EXT-X-PLAYLIST-TYPE:EVENT", before, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-TARGETDURATION:2\n", before, StringComparison.Ordinal);
        Assert.DoesNotContain("ENDLIST", before, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            _file.Add(1, 96_000);
            var after = await server.Text(path);
            Assert.StartsWith(before, after, StringComparison.Ordinal);
            Assert.NotEqual(before, after);
            before = after;
        }

        _file.Close();
        var ended = await server.Text(path);
        Assert.Equal(before + "#EXT-X-ENDLIST\n", ended);
        // The next recording is another list's business.
        _file.Open(NowMs - 10_000).Add(1, 96_000);
        Assert.Equal(ended, await server.Text(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?start_id=1")]
    [InlineData("?section_id=")]
    public async Task What_nobody_ended_and_nobody_adds_to_is_over(string query)
    {
        _file.Open(NowMs - 60_000).Add(2, 96_000);
        var path = "/api/opus-playlist.m3u8" + query + (query.EndsWith('=') ? _file.SectionId : "");
        await using var soon = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddMinutes(2)));
        Assert.DoesNotContain("ENDLIST", await soon.Text(path), StringComparison.Ordinal);
        await using var later = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddMinutes(10)));
        Assert.EndsWith("#EXT-X-ENDLIST\n", await later.Text(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_growing_list_without_a_configured_length_promises_at_least_six_seconds()
    {
        _file.Open(NowMs - 60_000).Add(1, 96_000);
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        Assert.Contains("#EXT-X-TARGETDURATION:6\n", await server.Text("/api/opus-playlist.m3u8?start_id=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P3_Where_no_length_is_configured_the_longest_that_the_show_has_had_is_promised()
    {
        _file.Open(NowMs - 600_000).Add(5, 480_000).Close(EndCause.Disconnected); // ten seconds each
        _file.Open(NowMs - 60_000).Add(1, 96_000).Close(EndCause.Disconnected);
        var list = $"/api/opus-playlist.m3u8?from_ms={NowMs - 60_000}&to_ms={NowMs + 60_000}";
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        Assert.Contains("#EXT-X-TARGETDURATION:10\n", await server.Text(list), StringComparison.Ordinal);
        _file.Open(NowMs - 30_000).Add(1, 480_000);
        Assert.Contains("#EXT-X-TARGETDURATION:10\n", await server.Text(list), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P16_What_is_listed_can_be_fetched_while_it_is_being_recorded()
    {
        _file.Open(NowMs - 60_000).Add(1, 96_000);
        await using var server = await PlaybackServer.Record(_file, targetSeconds: 2, new ManualTime(Now));
        var recording = Task.Run(
            () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    _file.Add(1, 96_000);
                }
            },
            TestContext.Current.CancellationToken
        );
        var newest = "";
        while (!newest.Contains("/61.m4s?", StringComparison.Ordinal))
        {
            // The last of a list is the one that was committed last.
            newest = Uris(await server.Text("/api/show/show/opus-playlist.m3u8?start_id=1"))[^1];
            using var response = await server.Client.GetAsync("/api/show/show/" + newest);
            Assert.Equal((newest, HttpStatusCode.OK), (newest, response.StatusCode));
        }

        await recording;
    }

    [Fact]
    public async Task From_an_id_on_it_grows_while_the_show_is_wanted_even_between_two_sections()
    {
        _file.Journal(NowMs - 60_000, new WindowOpened((NowMs - 60_000) * 1000));
        _file.Open(NowMs - 60_000).Add(2, 96_000).Close(EndCause.Disconnected);
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        Assert.DoesNotContain("ENDLIST", await server.Text("/api/opus-playlist.m3u8?start_id=1"), StringComparison.Ordinal);
        _file.Journal(NowMs, new WindowClosed(NowMs * 1000));
        Assert.Contains("ENDLIST", await server.Text("/api/opus-playlist.m3u8?start_id=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_growing_list_is_full_after_six_hours()
    {
        _file.Open(NowMs - (430 * 60_000)).Add(430, 48_000 * 60, NoSound); // its last segment ends now: it is being added to
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var text = await server.Text($"/api/opus-playlist.m3u8?section_id={_file.SectionId}");
        Assert.Contains("PLAYLIST-TYPE:EVENT", text, StringComparison.Ordinal);
        Assert.Equal(360, Uris(text).Count);
        Assert.Contains("ENDLIST", text, StringComparison.Ordinal);
        // All of it up to now is a finished range, and live is the newest half hour.
        Assert.Equal(430, Uris(await server.Text("/api/opus-playlist.m3u8?start_id=1&end_id=430")).Count);
        var live = await server.Text("/api/opus-playlist.m3u8?live=1");
        Assert.Equal(30, Uris(live).Count);
        Assert.Contains("#EXT-X-MEDIA-SEQUENCE:401\n", live, StringComparison.Ordinal);
        Assert.DoesNotContain("PLAYLIST-TYPE", live, StringComparison.Ordinal);
        Assert.DoesNotContain("ENDLIST", live, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sliding_window_numbers_its_discontinuities_the_same_after_a_restart_and_after_retention()
    {
        // Ten connections of five minutes each: only the last six are in the window, and the third continues the second.
        for (var i = 0; i < 10; i++)
        {
            var before = _file.SectionId;
            _file.Open(NowMs - ((10 - i) * 300_000L), continues: i == 2 ? before : null).Add(5, 48_000 * 60, NoSound);
            if (i < 9)
            {
                _file.Close(EndCause.Disconnected);
            }
        }

        const string Path = "/api/opus-playlist.m3u8?live=1";
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var text = await server.Text(Path);
        Assert.Contains("#EXT-X-MEDIA-SEQUENCE:21\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n", text, StringComparison.Ordinal);
        Assert.Equal(5, text.Split("#EXT-X-DISCONTINUITY\n").Length - 1);
        _file.Add(1, 48_000 * 60, NoSound);
        text = await server.Text(Path);
        Assert.Contains("#EXT-X-MEDIA-SEQUENCE:22\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n", text, StringComparison.Ordinal);
        _file.Add(4, 48_000 * 60, NoSound).Close(EndCause.Disconnected).Open(NowMs + 300_000).Add(1, 48_000 * 60, NoSound);
        text = await server.Text(Path);
        Assert.Contains("#EXT-X-DISCONTINUITY-SEQUENCE:4\n", text, StringComparison.Ordinal);
        await using (var restarted = await PlaybackServer.Inspect(_file, new ManualTime(Now)))
        {
            Assert.Equal(text, await restarted.Text(Path));
        }

        Assert.NotEmpty(_file.Store.Retention.HideBefore((NowMs - 2_000_000) * 1000, NowMs * 1000));
        _file.Add(1, 48_000 * 60, NoSound);
        text = await server.Text(Path);
        Assert.Contains("#EXT-X-DISCONTINUITY-SEQUENCE:4\n", text, StringComparison.Ordinal);
        while (_file.Store.Retention.DeleteSlice(TimeSpan.FromSeconds(1), TimeProvider.System).More)
        {
            // Until nothing tells any more what went.
        }

        await using var without = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        Assert.Equal(text, await without.Text(Path));
    }

    [Fact]
    public async Task More_than_seven_days_are_refused_and_the_limit_is_named()
    {
        var start = NowMs - (9 * 86_400_000L);
        for (var day = 0; day < 8; day++)
        {
            _file.Open(start + (day * 86_400_000L)).Add(24, 48_000 * 3600, NoSound).Close();
        }

        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        foreach (var query in new[] { "?start_id=1&end_id=192", "?start_id=1", $"?from_ms={start}&to_ms={start + (8 * 86_400_000L)}" })
        {
            var (status, json) = await server.Json("/api/opus-playlist.m3u8" + query);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Equal("7 days", json.GetProperty("limit").GetString());
        }

        Assert.Equal(168, Uris(await server.Text("/api/opus-playlist.m3u8?start_id=1&end_id=168")).Count);
        var newest = Names(await server.Text("/api/opus-playlist.m3u8"));
        Assert.Equal(("opus-segment/25.m4s", "opus-segment/192.m4s", 168), (newest[0], newest[^1], newest.Count));
    }

    [Fact]
    public async Task A_range_of_times_holds_what_overlaps_it_and_ends_when_its_time_has_passed()
    {
        _file.Open(NowMs - 60_000).Add(20, 96_000).Close();
        var time = new ManualTime(Now);
        await using var server = await PlaybackServer.Inspect(_file, time);
        var past = await server.Text($"/api/opus-playlist.m3u8?from_ms={NowMs - 55_000}&to_ms={NowMs - 52_000}");
        Assert.Equal(["opus-segment/3.m4s", "opus-segment/4.m4s"], Names(past));
        Assert.Contains("ENDLIST", past, StringComparison.Ordinal);
        var ahead = $"/api/opus-playlist.m3u8?from_ms={NowMs - 55_000}&to_ms={NowMs + 5_000}";
        Assert.DoesNotContain("ENDLIST", await server.Text(ahead), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Contains("ENDLIST", await server.Text(ahead), StringComparison.Ordinal);
        var (status, json) = await server.Json($"/api/opus-playlist.m3u8?from_ms={NowMs - 86_400_000}&to_ms={NowMs + 86_400_000}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "6 hours"), (status, json.GetProperty("limit").GetString()));
    }

    [Theory]
    [InlineData("?start_id=4&end_id=3", 400)]
    [InlineData("?start_id=x", 400)]
    [InlineData("?from_ms=5", 400)]
    [InlineData("?from_ms=5&to_ms=4", 400)]
    [InlineData("?start_id=90&end_id=99", 404)]
    [InlineData("?section_id=12", 404)]
    [InlineData("?from_ms=5&to_ms=6", 404)]
    [InlineData("?start_id=-5&end_id=1", 200)]
    public async Task Bad_and_empty_ranges_are_told_apart(string query, int status)
    {
        using var response = await three.Inspect.Client.GetAsync("/api/opus-playlist.m3u8" + query);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_playlist_of_another_codec_is_not_there()
    {
        foreach (var name in new[] { "playlist.m3u8", "flac-playlist.m3u8" })
        {
            var (status, json) = await three.Inspect.Json("/api/" + name);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("opus", json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task It_travels_packed_to_those_who_unpack(string encoding)
    {
        _file.Open(NowMs - 60_000).Add(20, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(_file);
        var plain = await server.Text("/api/opus-playlist.m3u8");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/opus-playlist.m3u8");
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var packed = await response.Content.ReadAsStreamAsync();
        await using Stream stream =
            encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        Assert.Equal(plain, await new StreamReader(stream).ReadToEndAsync());
    }

    [Fact]
    public async Task A_finished_list_is_revalidated_and_a_growing_one_never_kept()
    {
        _file.Open(NowMs - 60_000).Add(2, 96_000);
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        using var finished = await server.Client.GetAsync("/api/opus-playlist.m3u8?start_id=1&end_id=2");
        Assert.Equal("no-cache, private", finished.Headers.CacheControl?.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/opus-playlist.m3u8?start_id=1&end_id=2");
        again.Headers.IfNoneMatch.Add(finished.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var growing = await server.Client.GetAsync("/api/opus-playlist.m3u8?start_id=1");
        Assert.Equal("no-store", growing.Headers.CacheControl?.ToString());
        Assert.Null(growing.Headers.ETag);
    }

    /// <summary>Lists are made of lengths and dates alone.</summary>
    private static byte[] NoSound(long first) => [0];

    [Theory]
    [InlineData("opus", "Opus", "opus-playlist.m3u8")]
    [InlineData("aac", "mp4a.40.2", "playlist.m3u8")]
    [InlineData("wav", "fLaC", "flac-playlist.m3u8")]
    public async Task The_multivariant_playlist_names_the_codec_and_passes_the_question_on(string format, string codec, string inner)
    {
        using var file = new ShowFile(format).Open(NowMs - 60_000).Add(2, 48_000, _ => new byte[6000]).Close();
        await using var server = await PlaybackServer.Inspect(file);
        var text = await server.Text("/api/index.m3u8?start_id=1&end_id=2");
        Assert.Contains($"CODECS=\"{codec}\"", text, StringComparison.Ordinal);
        Assert.Matches("BANDWIDTH=[1-9][0-9]{3,}", text);
        Assert.EndsWith($"\n{inner}?start_id=1&end_id=2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_retention_removed_is_410_wherever_it_is_asked_for()
    {
        _file.Open(NowMs - 600_000).Add(3, 96_000).Close();
        var gone = _file.SectionId;
        _file.Open(NowMs - 60_000).Add(3, 96_000).Close();
        var time = new ManualTime(Now);
        await using var server = await PlaybackServer.Inspect(_file, time);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/api/opus-segment/1.m4s")).StatusCode);
        Assert.Equal([gone], _file.Store.Retention.HideBefore((NowMs - 300_000) * 1000, NowMs * 1000).Select(s => s.Id));
        time.Advance(SegmentCache.Lifetime + TimeSpan.FromSeconds(1)); // until then it may still be heard from memory
        foreach (
            var path in new[]
            {
                "opus-segment/1.m4s",
                "opus-playlist.m3u8?start_id=1&end_id=3",
                $"opus-playlist.m3u8?section_id={gone}",
                $"session/{gone}/latest",
                $"session/{gone}/estimate_segment?timestamp_ms=5",
                $"export?section_id={gone}",
            }
        )
        {
            using var response = await server.Client.GetAsync("/api/" + path);
            Assert.Equal((path, HttpStatusCode.Gone), (path, response.StatusCode));
        }

        // What is left of a range is still a range; what never was is still 404.
        Assert.Equal(["opus-segment/4.m4s"], Names(await server.Text("/api/opus-playlist.m3u8?start_id=1&end_id=4")));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/api/opus-segment/7.m4s")).StatusCode);
    }

    /// <summary>What is listed, without the marks.</summary>
    private static List<string> Names(string playlist) => [.. Uris(playlist).Select(uri => uri.Split('?')[0])];

    internal static List<string> Uris(string playlist) => [.. playlist.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
}
