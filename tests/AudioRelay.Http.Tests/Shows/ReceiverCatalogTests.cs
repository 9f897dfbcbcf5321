using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.Http.Tests.Shows;

public sealed class ReceiverCatalogTests
{
    private const long Start = 1_700_000_000_000;

    [Theory]
    [InlineData("news")]
    [InlineData("Das Erste – früh & spät?")]
    [InlineData("100 % jazz #1+")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("back\\slash")]
    [InlineData("<script>alert(\"x\")</script>")]
    [InlineData("line\nbreak")]
    [InlineData("日本 🎧")]
    [InlineData("show")]
    public async Task Any_name_can_be_asked_for_by_the_path_it_is_listed_with(string name)
    {
        using var file = new ShowFile().Open(Start).Add(2, 96_000).Close();
        using var other = new ShowFile(name: "other").Open(Start + 1).Add(1, 96_000).Close();
        await using var server = await ReceiverServer.Start([ReceivedFile.Of(file, name), ReceivedFile.Of(other)]);
        var listed = (await server.Json("/api/shows")).GetProperty("shows")[0];
        Assert.Equal(name, listed.GetProperty("name").GetString());
        var path = listed.GetProperty("path").GetString();
        foreach (var root in (string[])["/api/show/", "/show/"])
        {
            Assert.Equal(name, (await server.Json($"{root}{path}/metadata")).GetProperty("name").GetString());
            var playlist = await server.Client.GetStringAsync($"{root}{path}/opus-playlist.m3u8");
            foreach (var uri in playlist.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
            {
                var at = new Uri(new Uri(server.Client.BaseAddress!, $"{root}{path}/opus-playlist.m3u8"), uri);
                Assert.NotEmpty(await server.Client.GetByteArrayAsync(at));
            }
        }
    }

    [Fact]
    public async Task A_name_that_stands_for_itself_wins_over_one_that_is_reached_by_other_means()
    {
        using var plain = new ShowFile().Open(Start).Add(1, 96_000).Close();
        using var odd = new ShowFile(name: "odd").Open(Start).Add(2, 96_000).Close();
        await using var server = await ReceiverServer.Start([ReceivedFile.Of(odd, "a/b"), ReceivedFile.Of(plain, "a%2Fb")]);
        Assert.Equal("a%2Fb", (await server.Json("/api/show/a%252Fb/metadata")).GetProperty("name").GetString());
        Assert.Equal("a/b", (await server.Json($"/api/show/{ShowPath.Of("a/b")}/metadata")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Shows_come_and_go_with_the_receiver()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000).Close();
        var shows = new List<Streams.Receiver.ReceivingShow>();
        await using var server = await ReceiverServer.Start(shows);
        await server.Json("/api/show/show/metadata", 404);
        shows.Add(ReceivedFile.Of(file));
        await server.Json("/api/show/show/metadata");
    }
}
