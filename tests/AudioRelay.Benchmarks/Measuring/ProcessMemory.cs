using System.Diagnostics;
using System.Globalization;

namespace AudioRelay.Benchmarks.Measuring;

/// <summary>What a process has of the machine's memory.</summary>
/// <param name="Resident">All of it that is in memory, also what it shares with others; in KB.</param>
/// <param name="Own">What is not a file's (its heaps and stacks); in KB. The same as all of it where the system does not tell.</param>
internal readonly record struct ProcessMemory(double Resident, double Own)
{
    public static ProcessMemory operator -(ProcessMemory a, ProcessMemory b) => new(a.Resident - b.Resident, a.Own - b.Own);

    public static ProcessMemory operator /(ProcessMemory a, double by) => new(a.Resident / by, a.Own / by);

    public static ProcessMemory Of(Process process)
    {
        var file = $"/proc/{process.Id}/status";
        if (!File.Exists(file))
        {
            process.Refresh();
            return new ProcessMemory(process.WorkingSet64 / 1024.0, process.WorkingSet64 / 1024.0);
        }

        var lines = File.ReadAllLines(file);
        return new ProcessMemory(Kilobytes(lines, "VmRSS:"), Kilobytes(lines, "RssAnon:"));
    }

    private static double Kilobytes(string[] lines, string name)
    {
        var line = lines.First(l => l.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
