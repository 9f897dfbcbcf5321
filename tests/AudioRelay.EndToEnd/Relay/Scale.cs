using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>A sound that tells when it was sent: eight tones of four seconds each, over and over.</summary>
internal static class Scale
{
    /// <summary>Counts how often the player runs dry.</summary>
    public const string Watch = """
        () => {
          window.stalls = 0;
          window.playerAudio.addEventListener('waiting', () => { if (window.playerAudio.currentTime > 0) window.stalls++; });
        }
        """;

    /// <summary>Waits for changes of the tone: how long ago the station made each, what the page says then, and how often it ran dry.</summary>
    public const string Hear = """
        async ({ startMs, count }) => {
          await window.hear();
          const { context, analyser } = window.ear;
          analyser.fftSize = 2048;
          const levels = new Float32Array(analyser.frequencyBinCount);
          const changes = [];
          let before = null;
          let last = 0;
          const until = performance.now() + 90_000;
          while (changes.length < count && performance.now() < until) {
            await new Promise(done => setTimeout(done, 20));
            analyser.getFloatFrequencyData(levels);
            let loudest = 1;
            for (let i = 1; i < levels.length; i++) if (levels[i] > levels[loudest]) loudest = i;
            const tone = Math.round((loudest * context.sampleRate / analyser.fftSize - 500) / 200);
            if (levels[loudest] < -60 || tone < 0 || tone > 7) { before = null; continue; }
            // Not what the ear met in the middle, and not the moment a seek makes.
            if (before !== null && tone === (before + 1) % 8 && performance.now() - last > 1000) {
              const behind = ((Date.now() - startMs - tone * 4000) % 32000 + 32000) % 32000;
              const said = document.querySelector('.player__delay')?.innerText ?? '999';
              changes.push(`${behind / 1000}|${said}|${window.stalls}`);
              last = performance.now();
            }
            before = tone;
          }
          return changes;
        }
        """;

    /// <summary>Makes it, as MP3.</summary>
    public static async Task<LoopedSource> Make()
    {
        using var folder = new TemporaryFolder();
        var made = folder.File("made.mp3");
        await Ffmpeg.Run([
            .. (string[])["-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*(500+200*floor(t/4))*t)':s=44100:d=32"],
            .. (string[])["-ac", "2", "-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0", "-write_xing", "0", made],
        ]);
        var (frames, format) = FrameList.Of(await File.ReadAllBytesAsync(made));
        return new LoopedSource(frames, format);
    }
}
