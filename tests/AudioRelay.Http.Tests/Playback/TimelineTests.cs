using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Playback;

public sealed class TimelineTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Start = Now.AddMinutes(-10).ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();

    public TimelineTests()
    {
        // Wanted for ten minutes up to now: a minute of sound, a hole of two, and sound since then.
        _file.Journal(Start, new WindowOpened(Start * 1000));
        _file.Open(Start).Add(1, 60 * 48_000, _ => [0]);
        _file.Journal(Start, new TitleSet(_file.SectionId, 0, "One")).Close(EndCause.Disconnected);
        _file.Open(Start + 180_000).Add(1, 420 * 48_000, _ => [0]);
        _file.Journal(Start, new TitleSet(_file.SectionId, 96_000, "Two"));
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Windows_sections_gaps_and_titles_are_told_and_the_future_is_not_missing()
    {
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var (status, json) = await server.Json($"/api/timeline?from_ms={Start - 60_000}&to_ms={Start + 86_400_000}");
        Assert.Equal(HttpStatusCode.OK, status);
        var window = Assert.Single(json.GetProperty("windows").EnumerateArray());
        Assert.Equal((Start, Start + 600_000), (window.GetProperty("from_ms").GetInt64(), window.GetProperty("to_ms").GetInt64()));
        Assert.Equal(2, json.GetProperty("sections").GetArrayLength());
        Assert.False(json.GetProperty("sections")[1].GetProperty("ended").GetBoolean());
        var gap = Assert.Single(json.GetProperty("gaps").EnumerateArray());
        Assert.Equal((Start + 60_000, Start + 180_000), (gap.GetProperty("from_ms").GetInt64(), gap.GetProperty("to_ms").GetInt64()));
        Assert.Equal("disconnected", gap.GetProperty("cause").GetString());
        Assert.Equal(["One", "Two"], json.GetProperty("titles").EnumerateArray().Select(t => t.GetProperty("text").GetString()!));
        Assert.Equal(Start + 182_000, json.GetProperty("titles")[1].GetProperty("timestamp_ms").GetInt64());
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(100, 2)]
    public async Task What_is_being_recorded_at_this_moment_is_not_missing_until_it_is_late(int secondsLater, int gaps)
    {
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddSeconds(secondsLater)));
        var (_, json) = await server.Json($"/api/timeline?from_ms={Start}&to_ms={Start + 86_400_000}");
        Assert.Equal(gaps, json.GetProperty("gaps").GetArrayLength());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task A_receiver_takes_nothing_for_missing_behind_what_it_has_of_an_open_section(int toldSecondsLater)
    {
        _file.Received(toldUs: (Start + 600_000 + (toldSecondsLater * 1000L)) * 1000);
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddDays(2)));
        var (_, json) = await server.Json($"/api/timeline?from_ms={Start}&to_ms={Start + (7 * 86_400_000L)}");
        Assert.Equal(1, json.GetProperty("gaps").GetArrayLength());
        var known = Start + 600_000; // the journal may be ahead of the segments
        Assert.Equal(known * 1000, json.GetProperty("known_until_us").GetInt64());
        Assert.Equal(known, json.GetProperty("windows")[0].GetProperty("to_ms").GetInt64());
        Assert.Equal(Now.AddDays(2).ToUnixTimeMilliseconds(), json.GetProperty("live").GetProperty("now_us").GetInt64() / 1000);
    }

    [Fact]
    public async Task What_a_receiver_was_told_of_no_section_is_known_up_to_the_newest_entry_and_never_beyond_now()
    {
        var told = (Start + 660_000) * 1000;
        _file.Close(EndCause.Disconnected).Received(told);
        await using (var server = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddDays(2))))
        {
            var (_, json) = await server.Json($"/api/timeline?from_ms={Start}&to_ms={Start + (7 * 86_400_000L)}");
            Assert.Equal(told, json.GetProperty("known_until_us").GetInt64());
            Assert.Equal(Start + 660_000, json.GetProperty("gaps")[1].GetProperty("to_ms").GetInt64());
        }

        await using var early = await PlaybackServer.Inspect(_file, new ManualTime(Now)); // its clock is a minute behind the recorder's
        var (_, live) = await early.Json("/api/live");
        Assert.Equal(Now.ToUnixTimeMilliseconds() * 1000, live.GetProperty("known_until_us").GetInt64());
    }

    [Fact]
    public async Task Everything_is_clipped_to_what_was_asked()
    {
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var (_, json) = await server.Json($"/api/timeline?from_ms={Start + 30_000}&to_ms={Start + 90_000}");
        var section = Assert.Single(json.GetProperty("sections").EnumerateArray());
        Assert.Equal(
            (Start + 30_000, Start + 60_000),
            (section.GetProperty("from_ms").GetInt64(), section.GetProperty("to_ms").GetInt64())
        );
        var gap = Assert.Single(json.GetProperty("gaps").EnumerateArray());
        Assert.Equal((Start + 60_000, Start + 90_000), (gap.GetProperty("from_ms").GetInt64(), gap.GetProperty("to_ms").GetInt64()));
        Assert.Equal("One", Assert.Single(json.GetProperty("titles").EnumerateArray()).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("?from_ms=5", 400)]
    [InlineData("?from_ms=5&to_ms=4", 400)]
    [InlineData("?from_ms=0&to_ms=2678400001", 422)]
    [InlineData("?from_ms=0&to_ms=2678400000", 200)]
    public async Task Bad_ranges_are_refused_and_the_limit_is_named(string query, int status)
    {
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var (answered, json) = await server.Json("/api/timeline" + query);
        Assert.Equal(status, (int)answered);
        Assert.Equal(status == 422, json.TryGetProperty("limit", out _));
    }
}
