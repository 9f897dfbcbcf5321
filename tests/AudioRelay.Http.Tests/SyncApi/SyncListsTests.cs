using System.Net;
using System.Text.Json;
using AudioRelay.Http.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>Shows, metadata, sections and what finds them: field for field as the predecessor's clients read them.</summary>
public sealed class SyncListsTests(SyncedShow show) : IClassFixture<SyncedShow>
{
    private const string News = "/api/sync/shows/news";
    private readonly SyncServer _server = show.Server;

    [Fact]
    public async Task The_list_has_each_show_with_sound_and_its_file_and_ids()
    {
        var json = await _server.Json("/api/sync/shows");
        var only = Assert.Single(json.GetProperty("shows").EnumerateArray());
        Assert.Equal("news", only.GetProperty("name").GetString());
        Assert.Equal("news.sqlite", only.GetProperty("database_file").GetString());
        Assert.Equal(1, only.GetProperty("min_id").GetInt64());
        Assert.Equal(20, only.GetProperty("max_id").GetInt64());
    }

    [Fact]
    public async Task Metadata_is_text_where_the_predecessors_is()
    {
        var json = await _server.Json(News + "/metadata");
        Assert.Equal(show.File.Store.UniqueId, json.GetProperty("unique_id").GetString());
        Assert.Equal("news", json.GetProperty("name").GetString());
        Assert.Equal("opus", json.GetProperty("audio_format").GetString());
        Assert.Equal("16", json.GetProperty("bitrate").GetString());
        Assert.Equal("48000", json.GetProperty("sample_rate").GetString());
        Assert.Equal("4", json.GetProperty("version").GetString());
        Assert.Equal(JsonValueKind.False, json.GetProperty("is_recipient").ValueKind);
        Assert.Equal(1, json.GetProperty("min_id").GetInt64());
        Assert.Equal(20, json.GetProperty("max_id").GetInt64());
        Assert.True(json.GetProperty("journal_seq").GetInt64() > 0);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("*/*", null)]
    [InlineData("application/json", null)]
    [InlineData("application/json; version=1", null)]
    [InlineData("application/json; version=2, application/json", 10)]
    public async Task How_long_segments_are_to_be_is_told_to_clients_of_version_two_and_to_no_other(string? accept, int? told)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, News + "/metadata");
        request.Headers.TryAddWithoutValidation("Accept", accept is null ? [] : [accept]);
        using var response = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        string[] known =
        [
            "unique_id",
            "name",
            "audio_format",
            "bitrate",
            "sample_rate",
            "version",
            "is_recipient",
            "min_id",
            "max_id",
            "journal_seq",
        ];
        Assert.Equal(told is null ? known : [.. known, "target_seconds"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(told, json.RootElement.TryGetProperty("target_seconds", out var seconds) ? seconds.GetInt32() : null);
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    [Fact]
    public async Task A_show_without_sound_has_metadata_with_ids_of_zero()
    {
        var json = await _server.Json("/api/sync/shows/empty/metadata");
        Assert.Equal(0, json.GetProperty("min_id").GetInt64());
        Assert.Equal(0, json.GetProperty("max_id").GetInt64());
        var found = await _server.Json("/api/sync/shows/empty/sections/find_by_timestamp?timestamp_ms=1");
        Assert.Equal(0, found.GetProperty("min_id").GetInt64());
        Assert.Equal(-1, found.GetProperty("max_id").GetInt64());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("after_section").ValueKind);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("before_or_equal_section").ValueKind);
    }

    [Fact]
    public async Task Sections_are_ids_and_starts_in_order()
    {
        var json = await _server.Json(News + "/sections");
        Assert.Equal(
            [(SyncedShow.First * 1000, SyncedShow.First), (SyncedShow.Second * 1000, SyncedShow.Second)],
            json.EnumerateArray().Select(s => (s.GetProperty("id").GetInt64(), s.GetProperty("start_timestamp_ms").GetInt64()))
        );
        Assert.All(json.EnumerateArray(), s => Assert.Equal(2, s.EnumerateObject().Count()));
    }

    [Theory]
    [InlineData(SyncedShow.First, 2)]
    [InlineData(SyncedShow.First + 19_000, 2)] // inside the first: segments of it are served
    [InlineData(SyncedShow.First + 20_001, 1)]
    [InlineData(SyncedShow.Second + 20_001, 0)]
    public async Task A_cutoff_keeps_the_section_that_it_cuts_through(long cutoff, int expected)
    {
        var sections = await _server.Json($"{News}/sections?cutoff_ts={cutoff}");
        Assert.Equal(expected, sections.GetArrayLength());

        // Whatever is served belongs to a section that was listed (B15).
        var listed = sections.EnumerateArray().Select(s => s.GetProperty("id").GetInt64()).ToHashSet();
        var (bytes, _) = await _server.Bytes($"{News}/segments?start_id=1&end_id=20&cutoff_ts={cutoff}");
        Assert.All(WireReader.Read(bytes), s => Assert.Contains(s.SectionId, listed));
    }

    [Theory]
    [InlineData(SyncedShow.First - 1, null, SyncedShow.First)]
    [InlineData(SyncedShow.First, SyncedShow.First, SyncedShow.Second)]
    [InlineData(SyncedShow.Second + 5, SyncedShow.Second, null)]
    public async Task A_time_finds_the_sections_on_both_sides(long timestamp, long? before, long? after)
    {
        var json = await _server.Json($"{News}/sections/find_by_timestamp?timestamp_ms={timestamp}");
        Assert.Equal(before, Start(json.GetProperty("before_or_equal_section")));
        Assert.Equal(after, Start(json.GetProperty("after_section")));
        Assert.Equal(show.File.Store.UniqueId, json.GetProperty("source_unique_id").GetString());
        Assert.Equal(1, json.GetProperty("min_id").GetInt64());
        Assert.Equal(20, json.GetProperty("max_id").GetInt64());

        static long? Start(JsonElement section) =>
            section.ValueKind == JsonValueKind.Null ? null : section.GetProperty("start_timestamp_ms").GetInt64();
    }

    [Fact]
    public async Task A_section_has_its_range_of_segments_and_one_that_is_not_here_none()
    {
        var json = await _server.Json($"{News}/sections/{SyncedShow.Second * 1000}/segment_range");
        Assert.Equal(11, json.GetProperty("min_id").GetInt64());
        Assert.Equal(20, json.GetProperty("max_id").GetInt64());
        var none = await _server.Json($"{News}/sections/5/segment_range");
        Assert.Equal(JsonValueKind.Null, none.GetProperty("min_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, none.GetProperty("max_id").ValueKind);
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("sections")]
    [InlineData("segments?start_id=1&end_id=2")]
    [InlineData("sections/find_by_timestamp?timestamp_ms=1")]
    [InlineData("sections/1/segment_range")]
    [InlineData("journal")]
    public async Task An_unknown_show_is_404_with_an_error(string path)
    {
        var (status, error) = await _server.Refusal("/api/sync/shows/nobody/" + path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("nobody", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("segments", "start_id")]
    [InlineData("segments?start_id=1", "end_id")]
    [InlineData("segments?start_id=one&end_id=2", "start_id")]
    [InlineData("segments?start_id=1&end_id=2&limit=many", "limit")]
    [InlineData("segments?start_id=1&end_id=2&cutoff_ts=1e3", "cutoff_ts")]
    [InlineData("segments?start_id=1&end_id=99999999999999999999", "end_id")]
    [InlineData("segments?start_id=1&end_id=2&wait_ms=", "wait_ms")]
    [InlineData("sections?cutoff_ts=today", "cutoff_ts")]
    [InlineData("sections/find_by_timestamp", "timestamp_ms")]
    [InlineData("sections/find_by_timestamp?timestamp_ms=now", "timestamp_ms")]
    [InlineData("journal?after=x", "after")]
    public async Task What_cannot_be_read_is_400_and_says_which(string path, string name)
    {
        var (status, error) = await _server.Refusal($"{News}/{path}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"'{name}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_is_not_listed_and_refused_and_disturbs_nobody()
    {
        using var recipient = new ShowFile(name: "copy").Open(SyncedShow.First).Add(1, 96_000);
        using var other = new ShowFile(name: "other").Open(SyncedShow.First).Add(1, 96_000);
        using (var connection = new SqliteConnection($"Data Source={recipient.Store.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "update metadata set value = 'true' where key = 'is_recipient'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await using var server = await SyncServer.Start(recipient, other);
        var shows = (await server.Json("/api/sync/shows")).GetProperty("shows");
        Assert.Equal("other", Assert.Single(shows.EnumerateArray()).GetProperty("name").GetString());
        foreach (var path in new[] { "metadata", "segments?start_id=1&end_id=2", "sections/find_by_timestamp?timestamp_ms=1", "journal" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Refusal("/api/sync/shows/copy/" + path)).Status);
        }
    }

    [Fact]
    public async Task Health_and_mode_answer_as_before()
    {
        foreach (var path in new[] { "/health", "/api/health" })
        {
            using var response = await _server.Get(path, accept: null);
            Assert.Equal("OK", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal("record", (await _server.Json("/api/mode")).GetProperty("mode").GetString());
    }
}
