using System.Text;
using AudioRelay.Media.Hls;

namespace AudioRelay.Media.Tests.Hls;

public sealed class MultivariantPlaylistTests
{
    [Fact]
    public void P18_Every_rendition_names_its_bandwidth_and_codec()
    {
        var text = Encoding.UTF8.GetString(
            MultivariantPlaylist.Render([
                new Variant("opus-playlist.m3u8?start_id=1&end_id=9", 24_000, HlsCodecs.Opus, 19_000),
                new Variant("über/playlist.m3u8", 40_000, HlsCodecs.AacLc),
            ])
        );

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-STREAM-INF:BANDWIDTH=24000,AVERAGE-BANDWIDTH=19000,CODECS="Opus"
            opus-playlist.m3u8?start_id=1&end_id=9
            #EXT-X-STREAM-INF:BANDWIDTH=40000,CODECS="mp4a.40.2"
            %C3%BCber/playlist.m3u8

            """,
            text,
            ignoreLineEndingDifferences: true
        );
    }

    [Theory]
    [InlineData(HlsCodecs.Opus, "Opus")]
    [InlineData(HlsCodecs.Flac, "fLaC")]
    [InlineData(HlsCodecs.AacLc, "mp4a.40.2")]
    [InlineData(HlsCodecs.HeAac, "mp4a.40.5")]
    [InlineData(HlsCodecs.HeAacV2, "mp4a.40.29")]
    [InlineData(HlsCodecs.Mp3, "mp4a.40.34")]
    public void P19_Codecs_are_spelled_as_Safari_and_Chromium_read_them(string codec, string spelled) => Assert.Equal(spelled, codec);

    [Fact]
    public void P13_Absolute_URIs_are_refused() =>
        Assert.Throws<ArgumentException>(() => MultivariantPlaylist.Render([new Variant("/a.m3u8", 1, HlsCodecs.Opus)]));
}
