using System.Net;
using System.Text;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.Http.Tests.Export;

public sealed class ExportTests(ThreeSessions three) : IClassFixture<ThreeSessions>
{
    private const long Start = ThreeSessions.StartMs;

    [Fact]
    public async Task A_section_is_one_file_with_a_name()
    {
        using var response = await three.Inspect.Client.GetAsync($"/api/export?section_id={Start * 1000}&format=ogg");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("audio/ogg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("show_20231114_221320_60a24181e4000.ogg", response.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("OggS", Encoding.ASCII.GetString(await response.Content.ReadAsByteArrayAsync(), 0, 4));
    }

    [Fact]
    public async Task Pcm_is_exported_from_sample_to_sample_with_its_length_told()
    {
        using var file = new ShowFile("wav").Open(Start, delay: 0).Add(4, 44_100, first => ShowFile.Pcm(first, 44_100)).Close();
        await using var server = await PlaybackServer.Inspect(file);
        using var response = await server.Client.GetAsync($"/api/export?from_ms={Start + 500}&to_ms={Start + 2500}&format=wav");
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(ShowFile.Pcm(22_050, 88_200), body[44..(44 + (88_200 * 2))]);
    }

    [Theory]
    [InlineData("wav", 480_000 * 2)]
    [InlineData("wav16k", 160_000 * 2)]
    public async Task Decoded_sound_has_its_length_in_front_and_HEAD_tells_it_without_the_sound(string format, int bytes)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/api/export?section_id={Start * 1000}&format={format}");
        using var told = await three.Inspect.Client.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        var file = await three.Inspect.Client.GetByteArrayAsync(head.RequestUri!);
        Assert.Equal(told.Content.Headers.ContentLength, file.Length);
        Assert.Equal(bytes, BitConverter.ToInt32(file, 40));
    }

    [Fact]
    public async Task A_foreign_name_is_told_in_both_ways_and_never_holds_a_path()
    {
        await using var server = await PlaybackServer.Start(
            new SingleShowCatalog(new ServedShow("x", new RenamedReader(three.File.Reader, "../ラジオ/é\r\n\"x"), null))
        );
        using var response = await server.Client.GetAsync($"/api/export?section_id={Start * 1000}");
        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal("ラジオ-é---x_20231114_221320_60a24181e4000.ogg", disposition.FileNameStar);
        Assert.DoesNotContain('/', disposition.ToString());
        Assert.All(disposition.FileName!, c => Assert.True(char.IsAscii(c)));
    }

    [Fact]
    public async Task An_unknown_format_is_answered_with_the_formats_there_are()
    {
        var (_, json) = await three.Inspect.Json("/api/export?section_id=1700000000000000&format=8track");
        Assert.Contains(
            "stored, original, ogg, aac, m4a, mp3, wav, wav16k",
            json.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?section_id=5&from_ms=1&to_ms=2", 400)]
    [InlineData("?from_ms=1", 400)]
    [InlineData("?from_ms=2&to_ms=2", 400)]
    [InlineData("?section_id=x", 400)]
    [InlineData("?section_id=1700000000000000&format=8track", 400)]
    [InlineData("?section_id=1700000000000000&format=m4a", 422)]
    [InlineData("?section_id=5", 404)]
    [InlineData("?from_ms=1&to_ms=2", 404)]
    public async Task What_cannot_be_exported_is_said(string query, int status)
    {
        var (answered, json) = await three.Inspect.Json("/api/export" + query);
        Assert.Equal(status, (int)answered);
        Assert.NotEqual("", json.GetProperty("detail").GetString());
    }
}
