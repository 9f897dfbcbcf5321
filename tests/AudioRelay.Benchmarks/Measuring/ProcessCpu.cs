using System.Diagnostics;
using System.Globalization;

namespace AudioRelay.Benchmarks.Measuring;

/// <summary>CPU time of another process, seen from outside.</summary>
internal static class ProcessCpu
{
    // What the kernel counts in for programs: 100 a second on every Linux there is.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Of(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>That of a server with its children, those that have ended included; nothing where the system does not tell.</summary>
    public static TimeSpan OfTree(int server)
    {
        var ticks = 0L;
        foreach (var folder in Directory.Exists("/proc/self") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Stat(folder) is { } stat
            )
            {
                // Behind the name: state, parent, … and at 11 to 14 user, system, and both of the children that were waited for.
                var (isServer, isChild) = (id == server, stat[1] == $"{server}");
                ticks += stat[11..(isServer ? 15 : 13)]
                    .Where(_ => isServer || isChild)
                    .Sum(t => long.Parse(t, CultureInfo.InvariantCulture));
            }
        }

        return ticks * Tick;
    }

    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
