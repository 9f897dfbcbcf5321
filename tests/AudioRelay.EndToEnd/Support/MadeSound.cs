using System.Globalization;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Support;

/// <summary>Sound that ffmpeg makes for a test: music and speech of our own with soft noise, so that no two frames are alike.</summary>
internal static class MadeSound
{
    /// <summary>The marker: a loud tone of this frequency, which nothing else in the sound has.</summary>
    public const int MarkerHertz = 5000;

    public static readonly TimeSpan MarkerLength = TimeSpan.FromSeconds(0.4);

    /// <summary>Makes it.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="encoder">ffmpeg's options for the encoder and its rate.</param>
    /// <param name="format">ffmpeg's container: <c>mp3</c> or <c>adts</c>.</param>
    /// <param name="markers">Where markers begin.</param>
    public static async Task<LoopedSource> Make(
        double seconds,
        IEnumerable<string> encoder,
        string format,
        params IReadOnlyList<double> markers
    )
    {
        using var folder = new TemporaryFolder();
        var loop = folder.File("loop.mp3");
        var made = folder.File("made");
        await File.WriteAllBytesAsync(loop, SoundFixture.Mp3.Bytes);
        var tones = markers.Select(at => FormattableString.Invariant($"between(t,{at},{at + MarkerLength.TotalSeconds})"));
        var marker = $"aevalsrc='0.7*sin(2*PI*{MarkerHertz}*t)*({(markers.Count == 0 ? "0" : string.Join('+', tones))})':s=44100";
        await Ffmpeg.Run([
            .. (string[])["-stream_loop", "-1", "-i", loop, "-f", "lavfi", "-i", "anoisesrc=a=0.01:c=pink:r=44100:s=7"],
            .. (string[])["-f", "lavfi", "-i", marker],
            "-filter_complex",
            "[0:a]volume=0.5,aformat=channel_layouts=stereo[a];[1:a]aformat=channel_layouts=stereo[b];"
                + "[2:a]aformat=channel_layouts=stereo[c];[a][b][c]amix=inputs=3:normalize=0:duration=shortest",
            "-t",
            seconds.ToString(CultureInfo.InvariantCulture),
            .. encoder,
            "-f",
            format,
            made,
        ]);
        var (frames, soundFormat) = FrameList.Of(await File.ReadAllBytesAsync(made));
        return new LoopedSource(frames, soundFormat);
    }

    /// <summary>MP3 of one tone, with soft noise, so that no two frames are alike.</summary>
    public static async Task<LoopedSource> Tone(double seconds, int hertz)
    {
        using var folder = new TemporaryFolder();
        var made = folder.File("made.mp3");
        await Ffmpeg.Run([
            .. (string[])["-f", "lavfi", "-i", $"sine=f={hertz}:r=44100", "-f", "lavfi", "-i", "anoisesrc=a=0.003:c=pink:r=44100:s=7"],
            .. (string[])["-filter_complex", "[0:a]volume=4[a];[a][1:a]amix=inputs=2:normalize=0:duration=shortest"],
            .. (string[])["-t", seconds.ToString(CultureInfo.InvariantCulture), "-ac", "2", "-c:a", "libmp3lame", "-b:a", "128k"],
            .. (string[])["-id3v2_version", "0", "-write_xing", "0", made],
        ]);
        var (frames, format) = FrameList.Of(await File.ReadAllBytesAsync(made));
        return new LoopedSource(frames, format);
    }

    /// <summary>MP3 without a tag in front of it.</summary>
    public static Task<LoopedSource> Mp3(double seconds, int kilobits, params IReadOnlyList<double> markers) =>
        Make(
            seconds,
            ["-c:a", "libmp3lame", "-b:a", $"{kilobits}k", "-ar", "44100", "-id3v2_version", "0", "-write_xing", "0"],
            "mp3",
            markers
        );

    /// <summary>AAC-LC in ADTS.</summary>
    public static Task<LoopedSource> AacLc(double seconds, int kilobits, params IReadOnlyList<double> markers) =>
        Make(seconds, ["-c:a", "aac", "-b:a", $"{kilobits}k", "-ar", "44100"], "adts", markers);
}
