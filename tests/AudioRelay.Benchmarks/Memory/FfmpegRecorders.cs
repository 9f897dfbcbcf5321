using System.Diagnostics;
using AudioRelay.Benchmarks.Measuring;

namespace AudioRelay.Benchmarks.Memory;

/// <summary>The peer: one ffmpeg process per stream, into a file.</summary>
internal sealed class FfmpegRecorders : IDisposable
{
    private readonly List<Process> _processes = [];

    /// <summary>Mean of what the processes have.</summary>
    public ProcessMemory Each =>
        _processes.Select(ProcessMemory.Of).Aggregate((a, b) => new ProcessMemory(a.Resident + b.Resident, a.Own + b.Own))
        / _processes.Count;

    public void Start(Uri station, string file, params string[] encoding)
    {
        string[] arguments = ["-nostdin", "-loglevel", "error", "-y", "-i", $"{station}", .. encoding, file];
        _processes.Add(Process.Start(new ProcessStartInfo("ffmpeg", arguments) { UseShellExecute = false })!);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
