using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>What goes through HLS and through export, decoded by ffmpeg, is what was recorded.</summary>
public sealed class HlsJudgedByFfmpegTests
{
    private const long Start = 1_700_000_000_000;

    [Theory]
    [InlineData("opus", "opus-playlist.m3u8", "ogg")]
    [InlineData("aac", "playlist.m3u8", "m4a")]
    [InlineData("wav", "flac-playlist.m3u8", "wav")]
    public async Task The_sound_is_whole_and_in_its_place(string codec, string playlist, string format)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        var (file, sound, rate) = SoundShow.Create(codec, Start);
        using var closing = file;
        await using var server = await PlaybackServer.Inspect(file);
        var heard = await Ffmpeg.Decode(new Uri(server.Client.BaseAddress!, "/api/" + playlist).AbsoluteUri, rate, 1);
        var saved = await Ffmpeg.Decode(
            await server.Client.GetByteArrayAsync($"/api/export?section_id={Start * 1000}&format={format}"),
            rate,
            1
        );

        // ADTS cannot say what of it is priming and padding; the others must be exact to 20 ms.
        var slack = codec == "aac" ? 0.2 : 0.02;
        Assert.InRange((double)heard.Length / rate, SoundShow.Seconds - 0.02, SoundShow.Seconds + slack);
        // ffmpeg cuts an .m4a at its first frame exactly and after its last one, which here is 64 ms long.
        Assert.InRange((double)saved.Length / rate, SoundShow.Seconds - 0.02, SoundShow.Seconds + (format == "m4a" ? 0.064 : 0.02));
        Assert.InRange(Likeness(sound, heard, rate / 5), 0.95, 1.001);
        Assert.InRange(Likeness(sound, saved, rate / 50), 0.95, 1.001);
    }

    [Fact]
    public async Task A_stations_own_mp3_comes_through()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        using var file = SoundShow.Copy(SoundFixture.Mp3, Start);
        await using var server = await PlaybackServer.Inspect(file);
        var heard = await Ffmpeg.Decode(new Uri(server.Client.BaseAddress!, "/api/playlist.m3u8").AbsoluteUri, 44_100, 1);
        var sent = await Ffmpeg.Decode(SoundFixture.Mp3.Bytes, 44_100, 1);
        Assert.InRange((heard.Length - sent.Length) / 44_100.0, -0.06, 0.06);
        Assert.InRange(Likeness(sent, heard, 4000), 0.95, 1.001);
        var saved = await server.Client.GetByteArrayAsync($"/api/export?section_id={Start * 1000}");
        // Name, date and length go before it; the sound itself is the station's.
        Assert.True(saved.AsSpan().EndsWith(SoundFixture.Mp3.Bytes), "the saved file does not end in the station's frames");
        Assert.InRange(saved.Length - SoundFixture.Mp3.Bytes.Length, 1, 4096);
    }

    /// <summary>The best normalised correlation within so many samples of shift.</summary>
    private static double Likeness(float[] wanted, float[] got, int mostShift)
    {
        // A stretch from the middle finds the shift; then all of it is compared there.
        var shift = Enumerable
            .Range(-mostShift, (2 * mostShift) + 1)
            .MaxBy(candidate => Correlation(wanted, got, candidate, wanted.Length / 2, 8000));
        return Correlation(wanted, got, shift, 0, wanted.Length);
    }

    private static double Correlation(float[] a, float[] b, int shift, int from, int count)
    {
        double ab = 0,
            aa = 0,
            bb = 0;
        for (var i = Math.Max(from, -shift); i < from + count && i < a.Length && i + shift < b.Length; i++)
        {
            ab += a[i] * b[i + shift];
            aa += a[i] * a[i];
            bb += b[i + shift] * b[i + shift];
        }

        return aa * bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
    }
}
