using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Playback;

public sealed class LayoutTests(ThreeSessions three) : IClassFixture<ThreeSessions>
{
    [Theory]
    [InlineData("format")]
    [InlineData("metadata")]
    [InlineData("segments/range")]
    [InlineData("sessions")]
    [InlineData("opus-playlist.m3u8")]
    [InlineData("opus-segment/1.m4s")]
    [InlineData("opus-segment/init.mp4")]
    public async Task Every_endpoint_is_at_the_predecessors_path_and_under_api_in_both_layouts(string path)
    {
        var (inspect, record) = (three.Inspect, three.Record);
        var answers = new List<byte[]>();
        foreach (var (server, prefix) in new[] { (inspect, "/"), (inspect, "/api/"), (record, "/show/show/"), (record, "/api/show/show/") })
        {
            using var response = await server.Client.GetAsync(prefix + path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            answers.Add(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public async Task The_mode_is_told_and_an_unknown_show_is_a_problem()
    {
        var (inspect, record) = (three.Inspect, three.Record);
        Assert.Equal("inspect", (await inspect.Json("/api/mode")).Json.GetProperty("mode").GetString());
        Assert.Equal("record", (await record.Json("/api/mode")).Json.GetProperty("mode").GetString());

        using var response = await record.Client.GetAsync("/api/show/other/sessions");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var (_, json) = await record.Json("/api/show/other/sessions");
        Assert.Contains("other", json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(json.GetProperty("detail").GetString(), json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Health_is_plain_text_for_probes_and_json_on_request()
    {
        var server = three.Record;
        Assert.Equal("OK", await server.Text("/health"));
        Assert.Equal("OK", await server.Text("/api/health"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await server.Client.SendAsync(request);
        Assert.Contains("\"show\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_shows_tells_who_is_being_recorded()
    {
        using var growing = new ShowFile(name: "growing").Open(1_700_000_000_000).Add(2, 96_000);
        growing.Journal(1_700_000_000_000, new Storage.Journal.TitleSet(growing.SectionId, 0, "First"));
        var catalog = new Http.Shows.ShowCatalog("record");
        catalog.Set(new Http.Shows.ServedShow("show", three.File.Reader, null));
        catalog.Set(new Http.Shows.ServedShow("growing", growing.Reader, null));
        await using var server = await PlaybackServer.Start(
            catalog,
            new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_005_000))
        );
        var shows = (await server.Json("/api/shows")).Json.GetProperty("shows");
        Assert.Equal(["growing", "show"], shows.EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
        Assert.True(shows[0].GetProperty("recording").GetBoolean());
        Assert.Equal("First", shows[0].GetProperty("title").GetString());
        Assert.Equal(1_700_000_004_000, shows[0].GetProperty("last_ms").GetInt64());
        Assert.False(shows[1].GetProperty("recording").GetBoolean());
        Assert.Equal("opus", shows[1].GetProperty("audio_format").GetString());
    }
}
