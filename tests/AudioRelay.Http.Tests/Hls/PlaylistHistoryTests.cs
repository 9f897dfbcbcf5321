using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Hls;

/// <summary>What a list becomes later: without an end it is only added to, and with one nothing is (RFC 8216 §6.2.1, rows P7 and P8).</summary>
public sealed class PlaylistHistoryTests : IDisposable
{
    private const string End = "#EXT-X-ENDLIST\n";
    private const long Segment = 96_000; // two seconds
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();
    private readonly ManualTime _time = new(Now);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task P7_P8_On_a_receiver_that_is_behind_a_range_that_has_long_passed_has_no_end_until_all_of_it_is_here()
    {
        var start = NowMs - 3_600_000;
        _file.Received().Open(start).Add(5, Segment);
        await using var server = await Serve(ShowModes.Receiver);
        var list = $"/api/show/show/opus-playlist.m3u8?from_ms={start}&to_ms={start + 20_000}";
        var before = await server.Text(list);
        Assert.Contains("#EXT-X-PLAYLIST-TYPE:EVENT", before, StringComparison.Ordinal);
        Assert.DoesNotContain(End, before, StringComparison.Ordinal);
        _file.Add(3, Segment);
        var more = await server.Text(list);
        Assert.StartsWith(before, more, StringComparison.Ordinal);
        Assert.DoesNotContain(End, more, StringComparison.Ordinal);
        _file.Add(4, Segment);
        var ended = await server.Text(list);
        Assert.Equal((10, true), (PlaylistTests.Uris(ended).Count, ended.EndsWith(End, StringComparison.Ordinal)));
        Assert.StartsWith(more, ended, StringComparison.Ordinal);
        _file.Add(60, Segment);
        Assert.Equal(PlaylistTests.Uris(ended), PlaylistTests.Uris(await server.Text(list)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?start_id=1")]
    [InlineData("?section_id=")]
    public async Task P7_P8_While_its_recorder_is_away_a_recording_may_go_on_and_its_list_has_no_end(string query)
    {
        _file.Received().Open(NowMs - 60_000).Add(2, Segment);
        await using var server = await Serve(ShowModes.Receiver);
        var list = "/api/show/show/opus-playlist.m3u8" + query + (query.EndsWith('=') ? _file.SectionId : "");
        _time.Advance(TimeSpan.FromHours(2));
        // For people it is over: nobody adds to it.
        var sessions = (await server.Json("/api/show/show/sessions")).Json.GetProperty("sessions");
        Assert.True(sessions[0].GetProperty("ended").GetBoolean());
        var before = await server.Text(list);
        Assert.DoesNotContain(End, before, StringComparison.Ordinal);
        // The recorder is back, and had gone on.
        _file.Add(2, Segment);
        var after = await server.Text(list);
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        _file.Close();
        Assert.Equal(after + End, await server.Text(list));
    }

    [Fact]
    public async Task P7_P8_More_than_may_grow_is_whole_and_without_an_end_while_a_receiver_has_not_got_to_its_end()
    {
        var start = NowMs - (30 * 3_600_000L);
        _file.Received().Open(start).Add(400, 60 * 48_000, _ => [0]);
        await using var server = await Serve(ShowModes.Receiver);
        var day = await server.Text($"/api/show/show/opus-playlist.m3u8?from_ms={start}&to_ms={start + (24 * 3_600_000L)}");
        Assert.Equal(400, PlaylistTests.Uris(day).Count);
        Assert.DoesNotContain(End, day, StringComparison.Ordinal);
        var half = await server.Text($"/api/show/show/opus-playlist.m3u8?from_ms={start}&to_ms={start + (5 * 3_600_000L)}");
        Assert.EndsWith(End, half, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P7_P8_A_range_that_ended_a_moment_ago_waits_for_the_segment_that_is_being_recorded()
    {
        _file.Journal(NowMs - 25_000, new WindowOpened((NowMs - 25_000) * 1000));
        _file.Open(NowMs - 20_000).Add(7, Segment); // until six seconds ago
        await using var server = await Serve(ShowModes.Record);
        var list = $"/api/show/show/opus-playlist.m3u8?from_ms={NowMs - 20_000}&to_ms={NowMs - 5_000}";
        Assert.DoesNotContain(End, await server.Text(list), StringComparison.Ordinal);
        _file.Add(1, Segment);
        Assert.EndsWith(End, await server.Text(list), StringComparison.Ordinal);
        // Between two connections the next segment may be of a section that nothing is committed of.
        _file.Close(EndCause.Disconnected);
        var next = $"/api/show/show/opus-playlist.m3u8?from_ms={NowMs - 20_000}&to_ms={NowMs - 1_000}";
        Assert.DoesNotContain(End, await server.Text(next), StringComparison.Ordinal);
        _file.Journal(NowMs, new WindowClosed(NowMs * 1000));
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.EndsWith(End, await server.Text(next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P7_P8_An_end_that_is_not_recorded_yet_is_none()
    {
        _file.Open(NowMs - 20_000).Add(5, Segment);
        await using var server = await Serve(ShowModes.Record);
        const string list = "/api/show/show/opus-playlist.m3u8?start_id=1&end_id=8";
        var before = await server.Text(list);
        Assert.DoesNotContain(End, before, StringComparison.Ordinal);
        _file.Add(5, Segment);
        var after = await server.Text(list);
        Assert.Equal((8, true), (PlaylistTests.Uris(after).Count, after.EndsWith(End, StringComparison.Ordinal)));
        Assert.Equal(PlaylistTests.Uris(before), PlaylistTests.Uris(after)[..5]);
    }

    /// <summary>Whatever happens at a recorder, and however late it comes to a receiver.</summary>
    [Theory]
    [InlineData(ShowModes.Record, 1)]
    [InlineData(ShowModes.Record, 2)]
    [InlineData(ShowModes.Receiver, 1)]
    [InlineData(ShowModes.Receiver, 2)]
    public async Task P7_P8_Whatever_happens_a_list_only_grows_and_never_after_its_end(string mode, int seed)
    {
        var random = new Random(seed);
        if (mode == ShowModes.Receiver)
        {
            _file.Received();
        }

        _file.Journal(NowMs, new WindowOpened(NowMs * 1000));
        _file.Open(NowMs);
        var (open, atMs) = (true, NowMs);
        await using var server = await Serve(mode);
        var seen = new Dictionary<string, string>();
        var finished = 0;
        for (var step = 0; step < 80; step++)
        {
            // The sound goes on by two seconds, or a connection is lost or found. A receiver hears of it later still.
            atMs += 2_000;
            _time.Advance(TimeSpan.FromSeconds(mode == ShowModes.Receiver && random.Next(6) == 0 ? 400 : 2));
            switch (random.Next(8))
            {
                case 0 when open && _file.EndMs > atMs - 2_000:
                    _file.Close(EndCause.Disconnected);
                    open = false;
                    break;
                case not 0 when !open:
                    _file.Open(atMs - 2_000).Add(1, Segment);
                    seen.TryAdd($"?section_id={_file.SectionId}", "");
                    open = true;
                    break;
                default:
                    if (open)
                    {
                        _file.Add(1, Segment);
                    }

                    break;
            }

            seen.TryAdd($"?start_id={1 + step}&end_id={random.Next(1 + step, 90)}", "");
            seen.TryAdd($"?from_ms={NowMs + random.Next(0, 100_000)}&to_ms={NowMs + 100_000 + random.Next(0, 80_000)}", "");
            foreach (var (query, before) in seen.ToArray())
            {
                using var answer = await server.Client.GetAsync("/api/show/show/opus-playlist.m3u8" + query, Token);
                if (!answer.IsSuccessStatusCode)
                {
                    Assert.Equal("", before);
                    continue;
                }

                var text = await answer.Content.ReadAsStringAsync(Token);
                var (was, now) = (PlaylistTests.Uris(before), PlaylistTests.Uris(text));
                var over = before.EndsWith(End, StringComparison.Ordinal);
                Assert.True(
                    over ? was.SequenceEqual(now) : was.SequenceEqual(now.Take(was.Count)),
                    $"step {step}, {query}:\n{before}\n{text}"
                );
                Assert.True(!over || text.EndsWith(End, StringComparison.Ordinal), $"step {step}, {query} lost its end:\n{text}");
                finished += !over && text.EndsWith(End, StringComparison.Ordinal) ? 1 : 0;
                seen[query] = text;
            }
        }

        Assert.InRange(finished, 20, int.MaxValue);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<PlaybackServer> Serve(string mode)
    {
        var catalog = new ShowCatalog(mode);
        catalog.Set(new ServedShow("show", _file.Reader, null, mode == ShowModes.Record ? 2 : null));
        return PlaybackServer.Start(catalog, _time);
    }
}
