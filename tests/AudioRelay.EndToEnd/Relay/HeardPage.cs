using AudioRelay.EndToEnd.Playing;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>A page of the player with an ear at its media element: what sounds, by Web Audio, not what the clock says.</summary>
internal sealed class HeardPage
{
    // The player's element is not in the document, so it is met where it is made; sound goes on to the loudspeakers behind the ear.
    private const string Ear = """
        const RealAudio = window.Audio;
        window.Audio = function (...given) { return window.playerAudio = new RealAudio(...given); };
        window.Audio.prototype = RealAudio.prototype;
        window.hear = async () => {
          if (!window.ear) {
            const context = new AudioContext();
            const analyser = context.createAnalyser();
            analyser.fftSize = 8192;
            analyser.smoothingTimeConstant = 0;
            context.createMediaElementSource(window.playerAudio).connect(analyser);
            analyser.connect(context.destination);
            window.ear = { context, analyser };
          }
          const { context, analyser } = window.ear;
          if (context.state !== 'running') await context.resume();
          const wave = new Float32Array(analyser.fftSize);
          const levels = new Float32Array(analyser.frequencyBinCount);
          analyser.getFloatTimeDomainData(wave);
          analyser.getFloatFrequencyData(levels);
          let loudest = 1;
          for (let i = 1; i < levels.length; i++) if (levels[i] > levels[loudest]) loudest = i;
          return {
            rms: Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length),
            hertz: loudest * context.sampleRate / analyser.fftSize,
            at: window.playerAudio.currentTime,
          };
        };
        """;

    // A tone is there when the strongest frequency is its own, to the width of the analyser's bins, well above silence, twice, and the
    // element has moved on in between: an analyser keeps the last it heard.
    private const string Sounds = """
        async ({ hertz, seconds }) => {
          const until = performance.now() + seconds * 1000;
          for (let before = null; performance.now() < until; await new Promise(done => setTimeout(done, 200))) {
            const heard = await window.hear();
            const isIt = heard.rms > 0.05 && Math.abs(heard.hertz - hertz) < 15;
            if (isIt && before !== null && heard.at > before && heard.at < before + 1) return true;
            before = isIt ? heard.at : null;
          }
          return false;
        }
        """;

    private static readonly PageWaitForFunctionOptions Often = new() { PollingInterval = 100 };

    private HeardPage(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Opens an address with the ear in place.</summary>
    public static async Task<HeardPage> Open(Browser browser, Uri address)
    {
        var (page, _) = await browser.Open("about:blank");
        page.SetDefaultTimeout(90_000);
        await page.AddInitScriptAsync(Ear);
        await page.GotoAsync(address.AbsoluteUri);
        return new HeardPage(page);
    }

    /// <summary>Waits until this tone is what sounds.</summary>
    public async Task Hears(int hertz)
    {
        Assert.True(
            await Page.EvaluateAsync<bool>(Sounds, new { hertz, seconds = 90 }),
            $"{hertz} Hz was not heard, but {await Heard()}; the page says: {await Page.InnerTextAsync("body")}"
        );
    }

    /// <summary>What sounds now, as JSON.</summary>
    public Task<string> Heard() => Page.EvaluateAsync<string>("async () => JSON.stringify(await window.hear())");

    /// <summary>Goes where a link to a moment goes.</summary>
    public Task GoTo(string show, long atMs) => Page.EvaluateAsync($"location.hash = '#/show/{show}?t={atMs}'");

    /// <summary>Goes where a link to a show that is live goes.</summary>
    public Task GoLive(string show) => Page.EvaluateAsync($"location.hash = '#/show/{show}?live'");

    /// <summary>Waits until the player's own place, in seconds of the media element, has gone on by so much.</summary>
    public async Task PlaysOn(double seconds)
    {
        var from = await Page.EvaluateAsync<double>("window.playerAudio.currentTime");
        await Page.WaitForFunctionAsync("until => window.playerAudio.currentTime > until", from + seconds, Often);
    }
}
