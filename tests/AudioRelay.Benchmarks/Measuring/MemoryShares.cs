using System.Globalization;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace AudioRelay.Benchmarks.Measuring;

/// <summary>Who in a process has its memory, in KB. Asked inside the process itself.</summary>
/// <param name="Live">Managed objects that are left after a full collection.</param>
/// <param name="Committed">What the collector has taken from the system for them, gaps and room for new ones included.</param>
/// <param name="Sqlite">What SQLite has taken from <c>malloc</c>: pages, statements, lookaside.</param>
/// <param name="Malloc">What everything native has taken from <c>malloc</c> and not given back to it, SQLite included.</param>
/// <param name="Free">What <c>malloc</c> keeps from the system though nobody uses it.</param>
/// <param name="Resident">What the process has in memory, pages of files included.</param>
/// <param name="Own">Of that, what is not a file's.</param>
internal sealed record MemoryShares(long Live, long Committed, long Sqlite, long Malloc, long Free, long Resident, long Own)
{
    /// <summary>Collects what can be collected, then looks.</summary>
    public static MemoryShares Now()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        var managed = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var native = MallocInfo2();
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        var process = ProcessMemory.Of(self);
        return new MemoryShares(
            managed.HeapSizeBytes / 1024,
            managed.TotalCommittedBytes / 1024,
            raw.sqlite3_memory_used() / 1024,
            (long)(native.InUse + native.Mapped) / 1024,
            (long)native.Free / 1024,
            (long)process.Resident,
            (long)process.Own
        );
    }

    /// <summary>What another process has said in one line.</summary>
    public static MemoryShares Parse(string line)
    {
        var n = line.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new MemoryShares(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }

    /// <summary>In one line, for another process.</summary>
    public string Line() => string.Create(CultureInfo.InvariantCulture, $"{Live} {Committed} {Sqlite} {Malloc} {Free} {Resident} {Own}");

    /// <summary>For people.</summary>
    public override string ToString() =>
        $"resident {Mb(Resident)} (own {Mb(Own)}): objects {Mb(Live)} in {Mb(Committed)}, SQLite {Mb(Sqlite)}, malloc {Mb(Malloc)} and {Mb(Free)} free";

    private static string Mb(long kilobytes) => $"{kilobytes / 1024.0:0.0}";

    /// <summary>glibc's <c>mallinfo2</c>, over all its arenas.</summary>
    [DllImport("libc", EntryPoint = "mallinfo2")]
    private static extern MallInfo MallocInfo2();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallInfo
    {
        public readonly nuint Arena;
        public readonly nuint FreeChunks;
        public readonly nuint FastChunks;
        public readonly nuint MappedRegions;
        public readonly nuint Mapped;
        public readonly nuint Unused;
        public readonly nuint FastFree;
        public readonly nuint InUse;
        public readonly nuint Free;
        public readonly nuint Trimmable;
    }
}
