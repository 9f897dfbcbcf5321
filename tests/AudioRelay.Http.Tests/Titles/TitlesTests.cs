using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Http.Tests.Titles;

public sealed class TitlesTests : IAsyncLifetime
{
    private const long Start = 1_700_000_000_000;
    private readonly ShowFile _jazz = new(name: "jazz");
    private readonly ShowFile _news = new(name: "news");
    private ReceiverServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        Play(_jazz, Start, "Miles Davis - So What", "100% Pure", "100 Pure", "miles ahead");
        Play(_news, Start + 500, "Die Nachrichten", "Twenty Miles North", "snake_case", "snakeXcase");
        _server = await ReceiverServer.Start([ReceivedFile.Of(_jazz), ReceivedFile.Of(_news)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _jazz.Dispose();
        _news.Dispose();
    }

    [Fact]
    public async Task One_show_is_searched_newest_first_whatever_the_case()
    {
        Assert.Equal(["miles ahead", "Miles Davis - So What"], await Texts("/api/show/jazz/titles?q=MILES"));
        var first = (await _server.Json("/api/show/jazz/titles?q=so%20what")).GetProperty("titles")[0];
        Assert.Equal("jazz", first.GetProperty("show").GetString());
        Assert.Equal(_jazz.SectionId, first.GetProperty("section_id").GetInt64());
        Assert.Equal((0L, Start * 1000), (first.GetProperty("sample").GetInt64(), first.GetProperty("utc_us").GetInt64()));
    }

    [Fact]
    public async Task All_shows_are_searched_together_and_told_in_one_order()
    {
        var json = await _server.Json("/api/titles?q=miles");
        Assert.Equal(["jazz", "news", "jazz"], json.GetProperty("titles").EnumerateArray().Select(t => t.GetProperty("show").GetString()!));
        Assert.False(json.GetProperty("more").GetBoolean());
        Assert.Empty(json.GetProperty("unread").EnumerateArray());
    }

    [Theory]
    [InlineData("100%25", "100% Pure")]
    [InlineData("snake_", "snake_case")]
    public async Task Signs_that_mean_anything_elsewhere_mean_themselves(string text, string found) =>
        Assert.Equal([found], await Texts($"/api/titles?q={text}"));

    [Fact]
    public async Task Pages_join_without_a_hole_or_a_repeat()
    {
        var (read, before) = (new List<string>(), "");
        while (true)
        {
            var json = await _server.Json($"/api/titles?limit=3{before}");
            var titles = json.GetProperty("titles").EnumerateArray().ToArray();
            read.AddRange(titles.Select(t => t.GetProperty("text").GetString()!));
            if (!json.GetProperty("more").GetBoolean())
            {
                break;
            }

            before = $"&before_us={titles[^1].GetProperty("utc_us").GetInt64()}";
        }

        Assert.Equal(await Texts("/api/titles"), read);
        Assert.Equal(8, read.Count);
    }

    [Fact]
    public async Task A_range_of_time_narrows_the_search()
    {
        var from = (Start * 1000) + 2_000_000;
        Assert.Equal(["100 Pure", "100% Pure"], await Texts($"/api/show/jazz/titles?from_us={from}&until_us={from + 2_000_001}"));
    }

    [Theory]
    [InlineData("/api/titles?limit=x", 400)]
    [InlineData("/api/show/jazz/titles?before_us=now", 400)]
    [InlineData("/api/show/nobody/titles?q=a", 404)]
    [InlineData("/api/titles?limit=-5", 200)]
    [InlineData("/api/titles?from_us=9223372036854775807&until_us=-9223372036854775808", 400)]
    [InlineData("/api/titles?from_us=253402300799999999&until_us=0", 200)]
    public async Task Bad_questions_are_told_apart(string path, int status) => await _server.Json(path, status);

    [Fact]
    public async Task A_text_without_end_is_refused_with_the_limit() =>
        Assert.Equal("200 characters", (await _server.Json("/api/titles?q=" + new string('a', 201), 422)).GetProperty("limit").GetString());

    private static void Play(ShowFile file, long startMs, params string[] titles)
    {
        file.Open(startMs);
        for (var i = 0; i < titles.Length; i++)
        {
            file.Journal(startMs + (i * 2000), new TitleSet(file.SectionId, i * 96_000L, titles[i])).Add(1, 96_000);
        }
    }

    private async Task<string[]> Texts(string path) =>
        [.. (await _server.Json(path)).GetProperty("titles").EnumerateArray().Select(t => t.GetProperty("text").GetString()!)];
}
