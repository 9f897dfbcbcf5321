using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Benchmarks.Reporting;

/// <summary>On what the figures were measured.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    public static async Task<string> Describe()
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var encoder = Encoding.UTF8.GetString(await ToolProcess.Run("ffmpeg", ["-version"])).Split(" Copyright", 2)[0];
        return $"""
            {now} UTC, {Environment.ProcessorCount} cores of {Processor()}, {RuntimeInformation.OSDescription}
            {RuntimeInformation.FrameworkDescription}, SQLite {SqliteLibrary.Version()}, {encoder}
            {Load()}
            """;
    }

    /// <summary>How busy the machine is with other things; figures taken on a busy one are worth little.</summary>
    public static string Load()
    {
        if (LoadAverage is not { } load)
        {
            return "";
        }

        var warning = load > Environment.ProcessorCount ? " (others are busy too: times of day and latencies are doubtful)" : "";
        return $"load of the last minute: {load:0.0}{warning}";
    }

    /// <summary>The same in short, to stand beside a figure.</summary>
    public static string LoadNow() => LoadAverage is { } load ? $"load {load:0}" : "load unknown";

    private static double? LoadAverage =>
        File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static string Processor()
    {
        const string CpuFile = "/proc/cpuinfo";
        var line = File.Exists(CpuFile)
            ? File.ReadLines(CpuFile).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
