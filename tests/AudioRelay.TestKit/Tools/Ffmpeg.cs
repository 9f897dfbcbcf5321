using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AudioRelay.TestKit.Tools;

/// <summary>ffmpeg and ffprobe, the independent judges of our bytes.</summary>
public static class Ffmpeg
{
    public const string Missing = "ffmpeg is not installed (Debian: apt-get install ffmpeg)";

    public static bool IsInstalled => ToolProcess.IsInstalled("ffmpeg") && ToolProcess.IsInstalled("ffprobe");

    /// <summary>Runs ffmpeg, quiet except for errors; gives its standard output.</summary>
    public static Task<byte[]> Run(
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input = default,
        TimeSpan? limit = null,
        CancellationToken token = default
    ) => ToolProcess.Run("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments], input, limit, token);

    /// <summary>Decodes a file or address to interleaved samples, each 1.0 at full scale.</summary>
    /// <param name="source">A path or an address.</param>
    /// <param name="rate">Resampled to it; null leaves it.</param>
    /// <param name="channels">Mixed to it; null leaves it.</param>
    /// <param name="inputArguments">In front of <c>-i</c>: <c>["-f", "mp3"]</c> for bytes whose name says nothing.</param>
    /// <param name="token">Ends the process.</param>
    public static async Task<float[]> Decode(
        string source,
        int? rate = null,
        int? channels = null,
        IEnumerable<string>? inputArguments = null,
        CancellationToken token = default
    )
    {
        List<string> arguments = [.. inputArguments ?? [], "-i", source, "-map", "0:a:0"];
        if (rate is not null)
        {
            arguments.AddRange(["-ar", Text(rate.Value)]);
        }

        if (channels is not null)
        {
            arguments.AddRange(["-ac", Text(channels.Value)]);
        }

        var bytes = await Run([.. arguments, "-f", "f32le", "-c:a", "pcm_f32le", "-"], token: token);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>Decodes bytes.</summary>
    /// <inheritdoc cref="Decode(string, int?, int?, IEnumerable{string}?, CancellationToken)"/>
    public static async Task<float[]> Decode(
        ReadOnlyMemory<byte> bytes,
        int? rate = null,
        int? channels = null,
        IEnumerable<string>? inputArguments = null,
        CancellationToken token = default
    )
    {
        using var folder = new TemporaryFolder();
        return await Decode(await Save(folder, bytes, token), rate, channels, inputArguments, token);
    }

    /// <summary>What ffprobe says of the first sound stream.</summary>
    public static async Task<ProbedStream> Probe(string source, CancellationToken token = default)
    {
        using var json = await ProbeJson(source, "-show_streams", token);
        return ProbedStream.Read(json.RootElement.GetProperty("streams")[0]);
    }

    /// <inheritdoc cref="Probe(string, CancellationToken)"/>
    public static async Task<ProbedStream> Probe(ReadOnlyMemory<byte> bytes, CancellationToken token = default)
    {
        using var folder = new TemporaryFolder();
        return await Probe(await Save(folder, bytes, token), token);
    }

    /// <summary>The packets of the first sound stream with their times and lengths.</summary>
    public static async Task<IReadOnlyList<ProbedPacket>> Packets(string source, CancellationToken token = default)
    {
        using var json = await ProbeJson(source, "-show_packets", token);
        return [.. json.RootElement.GetProperty("packets").EnumerateArray().Select(ProbedPacket.Read)];
    }

    /// <inheritdoc cref="Packets(string, CancellationToken)"/>
    public static async Task<IReadOnlyList<ProbedPacket>> Packets(ReadOnlyMemory<byte> bytes, CancellationToken token = default)
    {
        using var folder = new TemporaryFolder();
        return await Packets(await Save(folder, bytes, token), token);
    }

    private static async Task<JsonDocument> ProbeJson(string source, string what, CancellationToken token) =>
        JsonDocument.Parse(
            await ToolProcess.Run("ffprobe", ["-v", "error", "-select_streams", "a:0", what, "-of", "json", source], token: token)
        );

    private static async Task<string> Save(TemporaryFolder folder, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        var path = folder.File("sound");
        await File.WriteAllBytesAsync(path, bytes, token);
        return path;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
