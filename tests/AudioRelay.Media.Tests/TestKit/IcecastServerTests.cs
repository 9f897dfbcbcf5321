using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Icecast;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Media.Tests.TestKit;

public sealed class IcecastServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_Icecast_passes_frames_and_titles_on_and_says_when_the_source_is_gone()
    {
        Assert.SkipUnless(IcecastServer.IsInstalled, IcecastServer.Missing);
        await using var icecast = await IcecastServer.Start(new IcecastMount("/he.aac") { BurstBytes = 8192 });
        var fixture = SoundFixture.HeAac;
        await using var source = await icecast.Source("/he.aac", fixture.ContentType, ["Ice-Name: Test"]);
        await source.Send(fixture.Bytes, Token);
        await icecast.SetTitle("/he.aac", "Żółć; it's");

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Icy-MetaData", "1");
        using var response = await client
            .GetAsync(icecast.Address("/he.aac"), HttpCompletionOption.ResponseHeadersRead, Token)
            .Guarded("Icecast's answer");
        Assert.Equal("audio/aacp", response.Content.Headers.ContentType?.MediaType);
        await source.Send(fixture.Bytes, Token);
        await source.DisposeAsync();

        var heard = new Heard(int.Parse(Assert.Single(response.Headers.GetValues("icy-metaint"))));
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, Token).AsTask().Guarded("the stream's end") is > 0 and var count)
        {
            heard.Icy.Feed(buffer.AsSpan(0, count));
        }

        heard.Frames.Flush();
        Assert.Equal("Żółć; it's", heard.Titles[^1]);
        Assert.Equal([fixture.Format], heard.List.Formats.Distinct());
        Assert.All(heard.List.Frames, frame => Assert.Contains(frame, fixture.Frames));
        // The burst begins in mid-frame and each sending ends with the last frame.
        Assert.InRange(heard.List.Frames.Count, fixture.Frames.Count + 5, 2 * fixture.Frames.Count);
    }

    [Fact]
    public async Task A_killed_Icecast_starts_again_on_its_port()
    {
        Assert.SkipUnless(IcecastServer.IsInstalled, IcecastServer.Missing);
        await using var icecast = await IcecastServer.Start();
        var address = icecast.Address("/none");
        await icecast.Kill();
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, Token));
        await icecast.Restart();
        using var answer = await client.GetAsync(address, Token).Guarded("an answer");
        Assert.Equal(404, (int)answer.StatusCode);
        await icecast.Stop();
    }

    [Fact]
    public async Task Sound_decoded_by_ffmpeg_has_the_length_that_the_frames_say()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        foreach (var fixture in SoundFixture.All)
        {
            var samples = await Ffmpeg.Decode(fixture.Bytes, rate: 44_100, channels: 1, token: Token);
            Assert.Equal(fixture.Duration.TotalSeconds, samples.Length / 44_100.0, 0.1);
            var packets = await Ffmpeg.Packets(fixture.Bytes, Token);
            Assert.Equal(fixture.Frames.Select(f => f.Length), packets.Select(p => p.Size));
            var stream = await Ffmpeg.Probe(fixture.Bytes, Token);
            Assert.Equal(fixture.Format.Codec == SourceCodec.Mp3 ? "mp3" : "aac", stream.Codec);
        }

        await Assert.ThrowsAsync<ToolException>(() => Ffmpeg.Decode(new byte[100], token: Token));
    }

    private sealed class Heard : IIcySink
    {
        public Heard(int interval)
        {
            Icy = new IcySplitter(interval, this);
            Frames = new FrameSplitter(List);
        }

        public IcySplitter Icy { get; }

        public FrameSplitter Frames { get; }

        public FrameList List { get; } = new();

        public List<string> Titles { get; } = [];

        public void OnAudio(ReadOnlySpan<byte> audio) => Frames.Feed(audio);

        public void OnMetadata(ReadOnlySpan<byte> block)
        {
            if (IcyTitle.TryRead(block, null, out var title))
            {
                Titles.Add(title);
            }
        }
    }
}
