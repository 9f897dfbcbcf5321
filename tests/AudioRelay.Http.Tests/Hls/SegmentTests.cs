using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Hls;

public sealed class SegmentTests(ThreeSessions three) : IClassFixture<ThreeSessions>
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task Decode_times_count_on_along_a_chain_and_the_delay_is_spent_once()
    {
        using var file = new ShowFile();
        // The first segment carries the delay: 312 samples fewer of programme than its packets hold.
        file.Open(Start).Add(1, 95_688, _ => ShowFile.Opus(0, 96_000)).Add(2, 96_000).Close(EndCause.Continued);
        var first = file.SectionId;
        file.Open(Start + 5994, continues: first, chainSamples: 287_688).Add(2, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(file);
        var times = new List<long>();
        for (var id = 1; id <= 5; id++)
        {
            times.Add(DecodeTime(await server.Client.GetByteArrayAsync($"/api/opus-segment/{id}.m4s")));
        }

        Assert.Equal([0, 96_000, 192_000, 288_000, 384_000], times);
    }

    [Fact]
    public async Task Padding_shortens_the_last_packet_of_an_ended_section_only()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000).Add(1, 48_000 - 500, _ => ShowFile.Opus(0, 48_000));
        file.Close(padding: 500);
        await using var server = await PlaybackServer.Inspect(file);
        Assert.Equal(96_000, Durations(await server.Client.GetByteArrayAsync("/api/opus-segment/1.m4s")));
        Assert.Equal(47_500, Durations(await server.Client.GetByteArrayAsync("/api/opus-segment/2.m4s")));
    }

    [Theory]
    [InlineData("mp3", "mp3-segment/1.mp3", "audio/mpeg", 44100, 1152)]
    [InlineData("aac", "aac-segment/1.aac", "audio/aac", 16000, 1024)]
    public async Task Packed_audio_begins_with_its_time_and_keeps_its_frames(string codec, string path, string type, int rate, int frame)
    {
        using var file = new ShowFile("copy", codec, rate);
        byte[] Bytes(long first) => codec == "mp3" ? ShowFile.Mp3(first, 40) : ShowFile.Adts(first, 40, rate);
        file.Open(Start, delay: 0).Add(2, 40 * frame, Bytes).Close();
        await using var server = await PlaybackServer.Inspect(file);
        Assert.Contains(path, await server.Text("/api/playlist.m3u8"), StringComparison.Ordinal);
        Assert.Equal($"{{\"format\":\"{codec}\"}}", await server.Text("/api/format"));
        using var response = await server.Client.GetAsync("/api/" + path);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("ID3", Encoding.ASCII.GetString(body, 0, 3));
        Assert.Equal(Bytes(0), body[^Bytes(0).Length..]);
        var second = await server.Client.GetByteArrayAsync("/api/" + path.Replace("/1.", "/2.", StringComparison.Ordinal));
        var head = second.Length - Bytes(40 * frame).Length;
        Assert.Equal((long)Math.Round(40.0 * frame * 90_000 / rate), BinaryPrimitives.ReadInt64BigEndian(second.AsSpan(head - 8)));
    }

    [Fact]
    public async Task Wav_is_listed_as_flac_and_given_exactly_in_byte_ranges()
    {
        using var file = new ShowFile("wav").Open(Start, delay: 0).Add(2, 44_100, first => ShowFile.Pcm(first, 44_100)).Close();
        await using var server = await PlaybackServer.Inspect(file);
        var playlist = await server.Text("/api/flac-playlist.m3u8");
        Assert.Contains("flac-segment/1.m4s", playlist, StringComparison.Ordinal);
        using var flac = await server.Client.GetAsync("/api/flac-segment/1.m4s");
        Assert.Equal("audio/mp4", flac.Content.Headers.ContentType?.MediaType);
        var whole = await server.Client.GetByteArrayAsync("/api/wav-segment/2.wav");
        Assert.Equal("RIFF", Encoding.ASCII.GetString(whole, 0, 4));
        Assert.Equal(ShowFile.Pcm(44_100, 44_100), whole[44..]);

        using var ranged = await Ranged(server, "/api/wav-segment/2.wav", new RangeHeaderValue(100, 199));
        Assert.Equal(HttpStatusCode.PartialContent, ranged.StatusCode);
        Assert.Equal(whole[100..200], await ranged.Content.ReadAsByteArrayAsync());
        using var tail = await Ranged(server, "/api/wav-segment/2.wav", new RangeHeaderValue(null, 10));
        Assert.Equal(whole[^10..], await tail.Content.ReadAsByteArrayAsync());
        using var outside = await Ranged(server, "/api/wav-segment/2.wav", new RangeHeaderValue(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
    }

    [Fact]
    public async Task A_backward_byte_range_does_no_harm()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000);
        await using var server = await PlaybackServer.Inspect(file);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/opus-segment/1.m4s");
        request.Headers.TryAddWithoutValidation("Range", "bytes=50-10");
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Segments_are_kept_for_a_year_under_a_strong_tag()
    {
        using var file = new ShowFile().Open(Start).Add(2, 96_000);
        await using var server = await PlaybackServer.Inspect(file);
        var listed = (await Listed(server))[0];
        using var first = await server.Client.GetAsync(listed);
        Assert.Equal("max-age=31536000, private, immutable", first.Headers.CacheControl?.ToString());
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal("nosniff", string.Join("", first.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("bytes", string.Join("", first.Headers.AcceptRanges));
        using var again = new HttpRequestMessage(HttpMethod.Get, listed);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var unchanged = await server.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("max-age=31536000, private, immutable", unchanged.Headers.CacheControl?.ToString());
        using var second = await server.Client.GetAsync("/api/opus-segment/2.m4s");
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task Under_the_predecessors_address_which_is_only_a_number_they_are_asked_for_again_each_time()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000);
        await using var server = await PlaybackServer.Inspect(file);
        foreach (var query in new[] { "", "?", "?t=5" })
        {
            using var bare = await server.Client.GetAsync("/api/opus-segment/1.m4s" + query);
            Assert.Equal("no-cache, private", bare.Headers.CacheControl?.ToString());
            using var again = new HttpRequestMessage(HttpMethod.Get, "/api/opus-segment/1.m4s" + query);
            again.Headers.IfNoneMatch.Add(bare.Headers.ETag!);
            using var unchanged = await server.Client.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }

        // What a player or a proxy adds of its own changes nothing.
        using var added = await server.Client.GetAsync((await Listed(server))[0] + "&t=5");
        Assert.Equal("max-age=31536000, private, immutable", added.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task What_a_browser_keeps_of_one_store_is_never_played_for_anothers()
    {
        using var one = new ShowFile(seed: 1).Open(Start).Add(1, 96_000);
        using var two = new ShowFile(seed: 2).Open(Start).Add(1, 96_000);
        await using var first = await PlaybackServer.Inspect(one);
        await using var second = await PlaybackServer.Inspect(two);
        var listed = Assert.Single(await Listed(first));
        Assert.DoesNotContain(listed, await Listed(second));
        await GoneUnder(second, listed);
    }

    [Fact]
    public async Task A_store_that_was_restored_uses_an_id_again_and_not_its_address()
    {
        using var file = new ShowFile().Open(Start).Add(2, 96_000).Close();
        using var restored = file.Restored();
        file.Open(Start + 60_000).Add(1, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(file);
        var lost = (await Listed(server))[2];

        restored.Open(Start + 90_000).Add(1, 96_000).Close();
        await using var after = await PlaybackServer.Inspect(restored);
        var listed = await Listed(after);
        Assert.Equal((await Listed(server))[..2], listed[..2]);
        Assert.Equal(lost.Split('?')[0], listed[2].Split('?')[0]);
        Assert.NotEqual(lost, listed[2]);
        await GoneUnder(after, lost);
    }

    private static async Task GoneUnder(PlaybackServer server, string address)
    {
        foreach (var range in new RangeHeaderValue?[] { null, new RangeHeaderValue(0, 99) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = range } };
            using var response = await server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("read the list again", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(HttpStatusCode.Gone, head.StatusCode);
    }

    private static async Task<List<string>> Listed(PlaybackServer server) =>
        [.. PlaylistTests.Uris(await server.Text("/api/opus-playlist.m3u8")).Select(uri => "/api/" + uri)];

    [Fact]
    public async Task Where_anybody_may_listen_shared_caches_may_help()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000);
        await using var server = await PlaybackServer.Inspect(file, options: new PlaybackOptions { Anonymous = true });
        using var response = await server.Client.GetAsync((await Listed(server))[0]);
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData("opus-segment/99.m4s", 404)]
    [InlineData("opus-segment/0.m4s", 404)]
    [InlineData("opus-segment/x.m4s", 400)]
    [InlineData("opus-segment/-1.m4s", 400)]
    [InlineData("opus-segment/1.aac", 400)]
    [InlineData("opus-segment/99999999999999999999.m4s", 400)]
    [InlineData("aac-segment/1.aac", 404)]
    [InlineData("opus-segment/init-0000000000000000.mp4", 404)]
    [InlineData("flac-segment/init.mp4", 404)]
    public async Task What_never_was_is_404_and_what_is_no_name_400(string path, int status)
    {
        using var response = await three.Inspect.Client.GetAsync("/api/" + path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_a_new_store_answers_is_not_taken_for_the_old_ones()
    {
        using var one = new ShowFile().Open(Start).Add(1, 96_000);
        using var two = new ShowFile(name: "other").Open(Start).Add(1, 96_000);
        await using var server = await PlaybackServer.Inspect(one);
        await using var other = await PlaybackServer.Inspect(two);
        using var a = await server.Client.GetAsync("/api/opus-segment/1.m4s");
        using var b = await other.Client.GetAsync("/api/opus-segment/1.m4s");
        var sameStore = (await one.Reader.InfoAsync()).UniqueId == (await two.Reader.InfoAsync()).UniqueId;
        Assert.Equal(sameStore, a.Headers.ETag!.Equals(b.Headers.ETag));
    }

    private static async Task<HttpResponseMessage> Ranged(PlaybackServer server, string path, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        return await server.Client.SendAsync(request);
    }

    private static long DecodeTime(byte[] segment)
    {
        var at = segment.AsSpan().IndexOf("tfdt"u8);
        Assert.Equal(1, segment[at + 4]);
        return BinaryPrimitives.ReadInt64BigEndian(segment.AsSpan(at + 8));
    }

    private static long Durations(byte[] segment)
    {
        var trun = segment.AsSpan()[(segment.AsSpan().IndexOf("trun"u8) + 4)..];
        var flags = BinaryPrimitives.ReadInt32BigEndian(trun) & 0xFFFFFF;
        var count = BinaryPrimitives.ReadInt32BigEndian(trun[4..]);
        var at = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        var size = 4 * ((flags >> 8 & 1) + (flags >> 9 & 1) + (flags >> 10 & 1) + (flags >> 11 & 1));
        Assert.NotEqual(0, flags & 0x100);
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            sum += BinaryPrimitives.ReadInt32BigEndian(trun[(at + (i * size))..]);
        }

        return sum;
    }
}
