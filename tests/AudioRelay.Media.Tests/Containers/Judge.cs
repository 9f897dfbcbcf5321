using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Tests.Containers;

/// <summary>ffmpeg and ffprobe, as an independent reader of what we write.</summary>
internal static class Judge
{
    /// <summary>Runs a program and gives what it printed; fails with its complaint when it is not content.</summary>
    public static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var printed = new MemoryStream();
        var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(printed, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = await complaint;
        Assert.True(process.ExitCode == 0 && text.Length == 0, $"{program} {string.Join(' ', arguments)}: {text}");
        return printed.ToArray();
    }

    /// <summary>Has ffmpeg make a file of a given kind.</summary>
    public static async Task<byte[]> MakeAsync(string extension, params string[] arguments)
    {
        using var file = new ScratchFile(extension);
        await RunAsync("ffmpeg", ["-v", "error", "-y", .. arguments, file.Path]);
        return await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
    }

    /// <summary>Every sample that ffmpeg decodes, interleaved.</summary>
    public static async Task<short[]> DecodeAsync(byte[] bytes, string extension, params string[] outputArguments)
    {
        using var file = new ScratchFile(extension);
        await File.WriteAllBytesAsync(file.Path, bytes, TestContext.Current.CancellationToken);
        var pcm = await RunAsync("ffmpeg", ["-v", "error", "-i", file.Path, .. outputArguments, "-map", "0:a", "-f", "s16le", "-"]);
        return MemoryMarshal.Cast<byte, short>(pcm).ToArray();
    }

    /// <summary>The packets ffprobe finds.</summary>
    public static async Task<List<JudgedPacket>> PacketsAsync(byte[] bytes, string extension)
    {
        var lines = await ProbeAsync(bytes, extension, "-select_streams", "a", "-show_entries", "packet=pts,duration,size,flags");
        return
        [
            .. lines
                .Select(line => line.Split(','))
                .Select(p => new JudgedPacket(
                    long.Parse(p[0], CultureInfo.InvariantCulture),
                    long.TryParse(p[1], CultureInfo.InvariantCulture, out var duration) ? duration : null,
                    int.Parse(p[2], CultureInfo.InvariantCulture),
                    p[3]
                )),
        ];
    }

    /// <summary>What ffprobe prints as bare comma-separated lines.</summary>
    public static async Task<string[]> ProbeAsync(byte[] bytes, string extension, params string[] arguments)
    {
        using var file = new ScratchFile(extension);
        await File.WriteAllBytesAsync(file.Path, bytes, TestContext.Current.CancellationToken);
        var printed = await RunAsync("ffprobe", ["-v", "error", .. arguments, "-of", "csv=p=0", file.Path]);
        return System.Text.Encoding.UTF8.GetString(printed).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
