using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>ffmpeg as the independent judge of what our decoders and encoders give.</summary>
internal static class FfmpegSound
{
    /// <summary>Decodes to interleaved float samples at the sound's own rate, or another.</summary>
    public static async Task<float[]> DecodeAsync(byte[] sound, string format, int channels, int? rate = null)
    {
        List<string> arguments = ["-f", format, "-i", "pipe:0", "-ac", $"{channels}", "-f", "f32le", "-c:a", "pcm_f32le"];
        if (rate is not null)
            arguments.AddRange(["-ar", $"{rate}"]);
        return MemoryMarshal.Cast<byte, float>(await RunAsync([.. arguments, "pipe:1"], sound)).ToArray();
    }

    /// <summary>Runs ffmpeg over standard input and gives its standard output.</summary>
    public static async Task<byte[]> RunAsync(IEnumerable<string> arguments, byte[] input)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (IEnumerable<string>)["-hide_banner", "-loglevel", "error", .. arguments])
            start.ArgumentList.Add(argument);
        var ended = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(ended);
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ended);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ended);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // ffmpeg had enough; its exit code tells whether that was right.
        }
        await reading;
        await process.WaitForExitAsync(ended);
        Assert.True(process.ExitCode == 0, $"ffmpeg ended with {process.ExitCode}: {await errors}");
        return output.ToArray();
    }
}
