using System.Text.Json;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>What Chromium and hls.js themselves make of our bytes and lists, without our page in between (the B rows of docs/hls-checklist.md).</summary>
public sealed class HlsInChromiumTests(Browser browser) : IClassFixture<Browser>
{
    private const long Start = 1_700_000_000_000;

    /// <summary>Fetches everything a playlist lists and lets the browser decode it as one file.</summary>
    private const string Decode = """
        async url => {
          const text = await (await fetch(url)).text();
          const uris = [/URI="([^"]+)"/.exec(text)[1], ...text.split('\n').filter(line => line && !line.startsWith('#'))];
          const parts = await Promise.all(uris.map(uri => fetch(new URL(uri, new URL(url, location.href))).then(r => r.arrayBuffer())));
          const file = await new Blob(parts).arrayBuffer();
          const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(file);
          return JSON.stringify({ length: sound.length, head: Array.from(sound.getChannelData(0).subarray(0, 24000)) });
        }
        """;

    /// <summary>Plays a list to its end with hls.js, four times as fast, after a look at its second part.</summary>
    private const string Play = """
        async url => {
          const audio = document.createElement('audio');
          audio.muted = true;
          document.body.append(audio);
          const faults = [];
          const hls = new Hls({ startPosition: 0 });
          hls.on(Hls.Events.ERROR, (_, error) => { if (error.fatal) faults.push(error.details); });
          const parsed = new Promise(done => hls.once(Hls.Events.LEVEL_LOADED, done));
          const buffered = new Promise(done => hls.once(Hls.Events.BUFFERED_TO_END, done));
          hls.loadSource(url);
          hls.attachMedia(audio);
          await parsed;
          audio.playbackRate = 4;
          await audio.play();
          const first = audio.currentTime;
          // A place that is looked for earlier stops the fetching of what lies before it, which then is never fetched.
          await buffered;
          const seeked = new Promise(done => audio.addEventListener('seeked', done, { once: true }));
          audio.currentTime = 18;
          await seeked;
          const piece = hls.levels[0].details.fragments.findLast(piece => piece.start <= 18);
          const there = piece.programDateTime + (18 - piece.start) * 1000;
          const back = new Promise(done => audio.addEventListener('seeked', done, { once: true }));
          audio.currentTime = 9;
          await back;
          await new Promise((done, fail) => {
            audio.addEventListener('ended', done, { once: true });
            setTimeout(() => fail(new Error(`stands at ${audio.currentTime}, ${faults}`)), 25000);
          });
          const parts = [...Array(audio.buffered.length).keys()].map(i => [audio.buffered.start(i), audio.buffered.end(i)]);
          return JSON.stringify({ faults, first, there, parts, ended: audio.currentTime, codec: hls.levels[0].audioCodec });
        }
        """;

    [Fact]
    public async Task O3_O4_O5_Chromium_takes_off_exactly_the_encoders_delay_once()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var (file, sound, rate) = SoundShow.Create("opus", Start);
        using var owned = file;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        var heard = JsonDocument.Parse(await page.EvaluateAsync<string>(Decode, "/api/opus-playlist.m3u8")).RootElement;
        // The end may be given whole to the last frame; the beginning may not be off by a single sample.
        Assert.InRange(heard.GetProperty("length").GetInt32(), SoundShow.Seconds * rate, (SoundShow.Seconds * rate) + 959);
        var head = heard.GetProperty("head").EnumerateArray().Select(sample => sample.GetSingle()).ToArray();
        Assert.Equal(0, BestLag(sound, head, most: 700));
    }

    [Fact]
    public async Task P11_P12_P18_P19_P20_hls_js_plays_across_a_hole_of_five_minutes_and_knows_both_wall_times()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var player = Player();
        Assert.SkipUnless(player is not null, "hls.js is not there (web/node_modules); './test' installs it");
        using var file = SoundShow.Create("opus", Start).File;
        SoundShow.Again(file, Start + 312_000);
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.EvaluateAsync(await File.ReadAllTextAsync(player!, TestContext.Current.CancellationToken));
        var json = await page.EvaluateAsync<string>(Play, "/api/index.m3u8");
        var played = JsonDocument.Parse(json).RootElement;
        Assert.Empty(played.GetProperty("faults").EnumerateArray());
        Assert.InRange(played.GetProperty("first").GetDouble(), 0, 2);
        Assert.InRange(played.GetProperty("there").GetDouble() - (Start + 312_000 + 6_000), -50, 50);
        var buffered = Assert.Single(played.GetProperty("parts").EnumerateArray());
        Assert.InRange(buffered[1].GetDouble(), 23.9, 24.1);
        Assert.InRange(played.GetProperty("ended").GetDouble(), 23.9, 24.1);
        Assert.Equal("opus", played.GetProperty("codec").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task P19_A6_What_the_lists_say_the_codecs_are_is_what_Chromium_can_play()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        var takes = await page.EvaluateAsync<bool[]>(
            """
            ['audio/mp4; codecs="Opus"', 'audio/mp4; codecs="opus"', 'audio/mp4; codecs="fLaC"', 'audio/mp4; codecs="mp4a.40.2"',
             'audio/mp4; codecs="mp4a.40.5"', 'audio/mpeg', 'audio/mp4; codecs="mp4a.40.34"'].map(type => MediaSource.isTypeSupported(type))
            """
        );
        // The last is MP3 inside MP4, which is why it is never remuxed.
        Assert.Equal([true, true, true, true, true, true, false], takes);
    }

    private static string? Player()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "web", "node_modules", "hls.js", "dist", "hls.min.js");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>By how many samples what was heard is late: where the two are most alike.</summary>
    private static int BestLag(float[] sound, float[] heard, int most)
    {
        var best = (Lag: int.MinValue, Likeness: double.MinValue);
        for (var lag = -most; lag <= most; lag++)
        {
            var likeness = 0.0;
            for (var i = 2000; i < 20_000; i++)
            {
                likeness += sound[i] * heard[i + lag];
            }

            if (likeness > best.Likeness)
            {
                best = (lag, likeness);
            }
        }

        return best.Lag;
    }
}
