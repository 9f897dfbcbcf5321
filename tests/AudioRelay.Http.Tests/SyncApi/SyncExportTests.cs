using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Export.Files;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>The export of the sync seed: a file on the recorder, and a way to fetch it.</summary>
public sealed class SyncExportTests : IAsyncLifetime
{
    private const long StartMs = 1_737_550_800_000;
    private const long SectionId = StartMs * 1000;
    private const string Url = "/api/sync/shows/am1430/sections/1737550800000000/export";
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2025, 1, 22, 15, 0, 0, TimeSpan.Zero));
    private readonly ShowFile _file = new(name: "am1430");
    private ExportFolder _exports = null!;
    private SyncServer _server = null!;
    private long _free = long.MaxValue;

    private string[] Kept =>
        Directory.Exists(_folder.File("e")) ? Directory.GetFiles(_folder.File("e"), "*", SearchOption.AllDirectories) : [];

    public async ValueTask InitializeAsync()
    {
        _file.Open(StartMs).Add(5, 96_000).Close();
        _exports = new ExportFolder(_folder.File("e"), _time, Assert.Fail, () => _free);
        _server = await SyncServer.Start(new RelayServerOptions { Port = 0 }, _time, _exports, _file);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _exports.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_section_becomes_a_file_under_the_seed_s_name_and_is_fetched_with_ranges()
    {
        var json = await _server.Json(Url);
        Assert.Equal("exports/am1430/am1430_20250122_130000_62c4b12369400.ogg", json.GetProperty("file_path").GetString());
        Assert.Equal(SectionId, json.GetProperty("section_id").GetInt64());
        Assert.Equal("opus", json.GetProperty("format").GetString());
        Assert.Equal(10.0, json.GetProperty("duration_seconds").GetDouble());
        Assert.True(json.GetProperty("complete").GetBoolean());

        var url = new Uri(new Uri(_server.Client.BaseAddress!, Url), json.GetProperty("download_url").GetString());
        var bytes = await _server.Client.GetByteArrayAsync(url);
        Assert.Equal(await File.ReadAllBytesAsync(Assert.Single(Kept)), bytes);
        Assert.Equal(json.GetProperty("bytes").GetInt64(), bytes.Length);
        Assert.Equal("OggS", Encoding.ASCII.GetString(bytes, 0, 4));

        using var part = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var answer = await _server.Client.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(bytes[100..200], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/ogg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("am1430_20250122_130000_62c4b12369400.ogg", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task Any_other_format_is_made_too()
    {
        var json = await _server.Json(Url + "?format=wav16k");
        Assert.Equal("wav16k", json.GetProperty("format").GetString());
        Assert.Equal(160_000 * 2, BitConverter.ToInt32(await File.ReadAllBytesAsync(Assert.Single(Kept)), 40));
    }

    [Fact]
    public async Task A_section_that_is_still_recorded_is_written_as_far_as_it_has_come_and_says_so()
    {
        _file.Open(StartMs + 3_600_000).Add(2, 96_000);
        var url = $"/api/sync/shows/am1430/sections/{_file.SectionId}/export";
        var json = await _server.Json(url);
        Assert.Equal((4.0, false), (json.GetProperty("duration_seconds").GetDouble(), json.GetProperty("complete").GetBoolean()));
        _file.Add(1, 96_000).Close();
        json = await _server.Json(url);
        Assert.Equal((6.0, true), (json.GetProperty("duration_seconds").GetDouble(), json.GetProperty("complete").GetBoolean()));
        Assert.Single(Kept);
    }

    [Fact]
    public async Task Only_one_export_of_a_show_runs_at_a_time()
    {
        using (Assert.IsAssignableFrom<IDisposable>(_exports.TryBegin("am1430")))
        {
            Assert.Equal(HttpStatusCode.Conflict, (await _server.Refusal(Url)).Status);
        }

        Assert.Equal(10.0, (await _server.Json(Url)).GetProperty("duration_seconds").GetDouble());
    }

    [Theory]
    [InlineData("/api/sync/shows/nobody/sections/1737550800000000/export", 404)]
    [InlineData("/api/sync/shows/am1430/sections/5/export", 404)]
    [InlineData(Url + "?format=8track", 400)]
    [InlineData(Url + "?format=m4a", 400)]
    [InlineData("/api/sync/shows/am1430/exports/nothing.ogg", 404)]
    [InlineData("/api/sync/shows/am1430/exports/..%2F..%2Fshow.sqlite", 404)]
    [InlineData("/api/sync/shows/nobody/exports/nothing.ogg", 404)]
    public async Task What_cannot_be_exported_or_fetched_is_said_and_nothing_is_left(string path, int status)
    {
        Assert.Equal(status, (int)(await _server.Refusal(path)).Status);
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_leaves_nothing_behind()
    {
        _free = ExportFolder.Reserve - 1;
        var (status, error) = await _server.Refusal(Url);
        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("kept for the recording", error, StringComparison.Ordinal);
        Assert.Empty(Kept);
        _free = ExportFolder.Reserve;
        await _server.Json(Url);
    }

    [Fact]
    public async Task Files_go_after_a_day()
    {
        await _server.Json(Url);
        _time.Advance(TimeSpan.FromHours(23.9));
        Assert.Single(Kept);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task What_an_earlier_life_left_is_cleared_at_the_start()
    {
        await _server.Json(Url);
        var kept = Assert.Single(Kept);
        await File.WriteAllTextAsync(kept + ".part", "half");
        await File.WriteAllTextAsync(_folder.File("e/old.ogg"), "old");
        File.SetLastWriteTimeUtc(_folder.File("e/old.ogg"), _time.GetUtcNow().AddDays(-2).UtcDateTime);
        using var next = new ExportFolder(_folder.File("e"), _time, Assert.Fail);
        Assert.Equal([kept], Kept);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_work_and_nothing_is_left()
    {
        using var cancel = new CancellationTokenSource();
        var file = new AudioRelay.Streams.Export.ExportFile(
            "f.ogg",
            "audio/ogg",
            null,
            TimeSpan.Zero,
            async (output, token) =>
            {
                output.GetSpan(1000);
                output.Advance(1000);
                await output.FlushAsync(token);
                Assert.Single(Kept);
                await cancel.CancelAsync();
                await output.FlushAsync(token);
                token.ThrowIfCancellationRequested();
            }
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _exports.WriteAsync("am1430", file, cancel.Token));
        Assert.Empty(Kept);
    }
}
