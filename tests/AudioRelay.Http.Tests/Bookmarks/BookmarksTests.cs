using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Bookmarks;

public sealed class BookmarksTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly ShowFile _jazz = new(name: "jazz");
    private readonly ShowFile _news = new(name: "news");
    private ReceiverServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ReceiverServer.Start(
            [ReceivedFile.Of(_jazz, uniqueId: "db_jazz"), ReceivedFile.Of(_news, uniqueId: "db_news")],
            new ManualTime(Now)
        );

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _jazz.Dispose();
        _news.Dispose();
    }

    [Fact]
    public async Task A_bookmark_is_made_listed_noted_and_removed()
    {
        var made = await Make(
            new
            {
                show = "jazz",
                from_us = 5,
                until_us = 9,
                note = "the solo",
            }
        );
        Assert.Equal(
            ("jazz", "db_jazz", 5L, 9L, "the solo", Now.ToUnixTimeMilliseconds() * 1000),
            (
                made.GetProperty("show").GetString(),
                made.GetProperty("store").GetString(),
                made.GetProperty("from_us").GetInt64(),
                made.GetProperty("until_us").GetInt64(),
                made.GetProperty("note").GetString(),
                made.GetProperty("created_us").GetInt64()
            )
        );
        var path = "/api/bookmarks/" + made.GetProperty("id").GetInt64();
        var changed = await _server.Send(HttpMethod.Patch, path, new { note = "" }, 200);
        Assert.Equal("", changed.GetProperty("note").GetString());
        Assert.Equal([""], (await List()).Select(b => b.GetProperty("note").GetString()!));
        await _server.Send(HttpMethod.Delete, path, null, 204);
        Assert.Empty(await List());
        await _server.Send(HttpMethod.Delete, path, null, 404);
        await _server.Send(HttpMethod.Patch, path, new { note = "x" }, 404);
    }

    [Fact]
    public async Task A_point_has_no_end_and_no_note_is_an_empty_one()
    {
        var made = await Make(new { show = "news", from_us = 7 });
        Assert.Equal(JsonValueKind.Null, made.GetProperty("until_us").ValueKind);
        Assert.Equal("", made.GetProperty("note").GetString());
    }

    [Fact]
    public async Task One_shows_bookmarks_are_asked_for_by_its_name_and_one_of_a_show_that_went_keeps_its_store()
    {
        await Make(new { show = "jazz", from_us = 1 });
        await Make(new { show = "news", from_us = 2 });
        await _server.Control.AddBookmarkAsync(new("db_gone", 3, null, "", 0), TestContext.Current.CancellationToken);
        Assert.Equal(["db_news"], (await List("?show=news")).Select(b => b.GetProperty("store").GetString()!));
        var all = await List();
        Assert.Equal(3, all.Length);
        Assert.Equal(JsonValueKind.Null, all.Single(b => b.GetProperty("store").GetString() == "db_gone").GetProperty("show").ValueKind);
        await _server.Json("/api/bookmarks?show=nobody", 404);
    }

    [Fact]
    public async Task A_bookmark_still_means_its_show_after_the_source_was_replaced()
    {
        await using var server = await ReceiverServer.Start([
            ReceivedFile.Of(_news, uniqueId: "db_other"),
            ReceivedFile.Of(_jazz, null, "db_new", "db_older", "db_old"),
        ]);
        await server.Control.AddBookmarkAsync(new("db_older", 5, null, "", 1), TestContext.Current.CancellationToken);
        var made = await server.Send(HttpMethod.Post, "/api/bookmarks", new { show = "jazz", from_us = 7 }, 201);
        Assert.Equal("db_new", made.GetProperty("store").GetString());
        foreach (var query in new[] { "", "?show=jazz" })
        {
            var all = (await server.Json("/api/bookmarks" + query)).GetProperty("bookmarks").EnumerateArray();
            Assert.Equal(["jazz", "jazz"], all.Select(b => b.GetProperty("show").GetString()!));
        }
    }

    [Theory]
    [InlineData("""{"from_us":1}""", 400)]
    [InlineData("""{"show":"jazz"}""", 400)]
    [InlineData("""{"show":"jazz","from_us":5,"until_us":5}""", 400)]
    [InlineData("""{"show":"jazz","from_us":"soon"}""", 400)]
    [InlineData("""{"show":"jazz",""", 400)]
    [InlineData("null", 400)]
    [InlineData("""{"show":"nobody","from_us":1}""", 404)]
    public async Task What_is_no_bookmark_is_refused_with_a_reason(string body, int status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _server.Client.PostAsync("/api/bookmarks", content, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.NotEmpty(problem.GetProperty("error").GetString()!);
        Assert.Empty(await List());
    }

    [Fact]
    public async Task What_is_not_said_to_be_JSON_is_refused_with_a_reason_too()
    {
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain");
        using var response = await _server.Client.PostAsync("/api/bookmarks", content, TestContext.Current.CancellationToken);
        Assert.Equal(415, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Contains("JSON", problem.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_has_500_characters_and_no_more()
    {
        await Make(
            new
            {
                show = "jazz",
                from_us = 1,
                note = new string('n', 500),
            }
        );
        var body = new
        {
            show = "jazz",
            from_us = 1,
            note = new string('n', 501),
        };
        Assert.Equal("500 characters", (await _server.Send(HttpMethod.Post, "/api/bookmarks", body, 422)).GetProperty("limit").GetString());
    }

    private Task<JsonElement> Make(object body) => _server.Send(HttpMethod.Post, "/api/bookmarks", body, 201);

    private async Task<JsonElement[]> List(string query = "") =>
        [.. (await _server.Json("/api/bookmarks" + query)).GetProperty("bookmarks").EnumerateArray()];
}
