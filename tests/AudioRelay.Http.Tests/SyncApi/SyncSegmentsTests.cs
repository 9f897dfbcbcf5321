using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Predecessor;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>The bytes of segments, in each of the three forms.</summary>
public sealed class SyncSegmentsTests(SyncedShow show) : IClassFixture<SyncedShow>
{
    private const string Segments = "/api/sync/shows/news/segments";
    private readonly SyncServer _server = show.Server;

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/x-segment-stream")]
    [InlineData("application/x-segment-stream; version=1")]
    [InlineData("application/json;q=0.5, application/x-segment-stream")]
    public async Task Version_one_is_what_a_foreign_reader_expects(string? accept)
    {
        var (bytes, type) = await _server.Bytes(Segments + "?start_id=9&end_id=12", accept);
        Assert.Equal("application/x-segment-stream", type); // compared as a whole by the predecessor's client
        var records = WireReader.Read(bytes);
        Assert.Equal([9L, 10, 11, 12], records.Select(r => r.Id));
        Assert.Equal(
            [SyncedShow.First + 16_000, SyncedShow.First + 18_000, SyncedShow.Second, SyncedShow.Second + 2000],
            records.Select(r => r.TimestampMs)
        );
        Assert.Equal([0, 0, 1, 0], records.Select(r => r.IsTimestampFromSource));
        Assert.Equal([SyncedShow.First, SyncedShow.First, SyncedShow.Second, SyncedShow.Second], records.Select(r => r.SectionId / 1000));
        Assert.All(records, r => Assert.Equal(96_000, r.DurationSamples));
        Assert.Equal(ShowFile.Opus(8 * 96_000, 96_000), records[0].Audio);
    }

    [Theory]
    [InlineData("application/x-segment-stream; version=2")]
    [InlineData("application/x-segment-stream;version=\"2\"")]
    public async Task Version_two_carries_the_hash_of_each_and_covers_its_header(string accept)
    {
        var (bytes, type) = await _server.Bytes(Segments + "?start_id=1&end_id=3", accept);
        Assert.Equal("application/x-segment-stream; version=2", type);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal(3u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(LiteralWire.Crc([.. bytes[..12], .. bytes[16..]]), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)));
        var at = 16;
        for (var id = 1; id <= 3; id++)
        {
            Assert.Equal(id, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at)));
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 68));
            Assert.Equal(SHA256.HashData(bytes.AsSpan(at + 72, length)), bytes[(at + 36)..(at + 68)]);
            at += 72 + length;
        }

        Assert.Equal(bytes.Length, at);
    }

    [Fact]
    public async Task Json_has_the_seeds_fields_and_base64()
    {
        var json = await _server.Json(Segments + "?start_id=11&end_id=12", "application/json");
        Assert.Equal(2, json.GetArrayLength());
        var first = json[0];
        Assert.Equal(11, first.GetProperty("id").GetInt64());
        Assert.Equal(SyncedShow.Second, first.GetProperty("timestamp_ms").GetInt64());
        Assert.Equal(1, first.GetProperty("is_timestamp_from_source").GetInt32());
        Assert.Equal(SyncedShow.Second * 1000, first.GetProperty("section_id").GetInt64());
        Assert.Equal(ShowFile.Opus(0, 96_000), first.GetProperty("audio_data").GetBytesFromBase64());
        Assert.Equal(0, json[1].GetProperty("is_timestamp_from_source").GetInt32());
    }

    [Theory]
    [InlineData("start_id=1&end_id=20", 20)]
    [InlineData("start_id=1&end_id=20&limit=7", 7)]
    [InlineData("start_id=1&end_id=20&limit=1000000", 20)]
    [InlineData("start_id=18&end_id=9000", 3)]
    [InlineData("start_id=21&end_id=30", 0)]
    [InlineData("start_id=7&end_id=6", 0)]
    [InlineData("start_id=1&end_id=20&max_bytes=1", 1)] // always one, so that a client moves on
    [InlineData("start_id=1&end_id=20&max_bytes=4400", 2)] // a segment is 2200 bytes
    [InlineData("start_id=1&end_id=20&max_bytes=4399", 1)]
    public async Task An_answer_is_bounded_in_number_and_bytes(string query, int expected)
    {
        var (bytes, _) = await _server.Bytes($"{Segments}?{query}");
        var records = WireReader.Read(bytes);
        Assert.Equal(expected, records.Count);
        Assert.Equal(records.Select((_, i) => records[0].Id + i), records.Select(r => r.Id));
    }

    [Theory]
    [InlineData(SyncedShow.First + 16_000, 100, 9)]
    [InlineData(SyncedShow.First + 16_001, 100, 10)]
    [InlineData(SyncedShow.Second, 2, 11)] // the limit counts what is sent
    public async Task A_cutoff_passes_over_what_is_older(long cutoff, int limit, long first)
    {
        var (bytes, _) = await _server.Bytes($"{Segments}?start_id=1&end_id=20&cutoff_ts={cutoff}&limit={limit}");
        var records = WireReader.Read(bytes);
        Assert.Equal(first, records[0].Id);
        Assert.Equal(Math.Min(limit, 20 - (int)first + 1), records.Count);
    }

    [Fact]
    public async Task The_journal_is_read_on_after_a_number()
    {
        const string journal = "/api/sync/shows/news/journal";
        var all = await _server.Json(journal);
        Assert.Equal(show.File.Store.UniqueId, all.GetProperty("unique_id").GetString());
        var entries = all.GetProperty("entries").EnumerateArray().ToArray();
        Assert.Equal(
            ["window_opened", "section_opened", "anchor", "section_closed", "section_opened", "anchor"],
            entries.Select(e => e.GetProperty("kind").GetString()!)
        );
        Assert.Equal(SyncedShow.First * 1000, entries[0].GetProperty("at_us").GetInt64());
        Assert.Equal(["from_us"], entries[0].GetProperty("body").EnumerateObject().Select(p => p.Name)); // the kind is beside it, not in it
        Assert.Equal(JsonValueKind.Object, entries[1].GetProperty("body").ValueKind);

        var third = entries[2].GetProperty("seq").GetInt64();
        var two = (await _server.Json($"{journal}?after={third}&limit=2")).GetProperty("entries").EnumerateArray();
        Assert.Equal(entries[3..5].Select(e => e.GetRawText()), two.Select(e => e.GetRawText()));
        Assert.Equal(0, (await _server.Json($"{journal}?after=999999")).GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_client_of_one_show_can_wait_for_the_next_segment()
    {
        using var file = new ShowFile(name: "live").Open(SyncedShow.First).Add(1, 96_000);
        var time = new ManualTime();
        await using var server = await SyncServer.Start(new RelayServerOptions { Port = 0 }, time, file);
        const string next = "/api/sync/shows/live/segments?start_id=2&end_id=100&wait_ms=5000";

        var armed = time.Armed(TimeSpan.FromSeconds(5));
        var waiting = server.Bytes(next);
        await armed.Guarded("the request to wait");
        Assert.False(waiting.IsCompleted);
        file.Add(1, 96_000);
        server.Feed.Publish(new ShowPosition("live", "db", 2, 9));
        Assert.Equal([2L], WireReader.Read((await waiting.Guarded("the segment")).Bytes).Select(r => r.Id));

        // What is there is not waited for; what does not come is answered with nothing when the time is over.
        Assert.Single(WireReader.Read((await server.Bytes(next).Guarded("a segment that is there")).Bytes));
        var vain = server.Bytes(next.Replace("start_id=2", "start_id=3", StringComparison.Ordinal));
        await time.Armed(TimeSpan.FromSeconds(5)).Guarded("the request to wait");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(WireReader.Read((await vain.Guarded("the empty answer")).Bytes));
        Assert.Equal(0, server.Feed.Followers);
    }

    [Fact]
    public async Task Events_tell_the_present_first_and_then_each_commit()
    {
        using var file = new ShowFile(name: "live").Open(SyncedShow.First).Add(3, 96_000);
        await using var server = await SyncServer.Start(file);
        using var response = await server.Client.GetAsync("/api/sync/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var present = await Next(reader);
        Assert.Equal("live", present.GetProperty("show").GetString());
        Assert.Equal(file.Store.UniqueId, present.GetProperty("store").GetString());
        Assert.Equal(3, present.GetProperty("max_id").GetInt64());
        Assert.True(present.GetProperty("journal_seq").GetInt64() > 0);

        server.Feed.Publish(new ShowPosition("live", file.Store.UniqueId, 4, 77));
        var commit = await Next(reader);
        Assert.Equal(4, commit.GetProperty("max_id").GetInt64());
        Assert.Equal(77, commit.GetProperty("journal_seq").GetInt64());
    }

    [Fact]
    public async Task Events_are_never_silent_for_longer_than_a_receiver_waits_and_begin_at_once()
    {
        var time = new ManualTime();
        await using var server = await SyncServer.Start(new RelayServerOptions { Port = 0 }, time); // without shows, so without events
        var armed = time.Armed(TimeSpan.FromSeconds(15));
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/sync/events").Guarded("the headers"));
        Assert.Equal(": hello", await reader.ReadLineAsync().Guarded("the greeting"));
        Assert.Equal("", await reader.ReadLineAsync().Guarded("its end"));
        await armed;
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": still here", await reader.ReadLineAsync().Guarded("a heartbeat"));
    }

    private static async Task<JsonElement> Next(StreamReader reader)
    {
        while (await reader.ReadLineAsync().Guarded("an event") is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line[6..]).RootElement;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
