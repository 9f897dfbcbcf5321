using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>Whether a receiver's memory stays flat over a big pull: its process is looked at from outside, five times a second.</summary>
internal static class PullMemoryBenchmark
{
    private const int Bytes = 96_000;
    private const double MostGrown = 0.1;
    private const int Looks = 20;

    public static Task Run(Bench bench) => Run(bench, withShares: false);

    /// <summary>The same, but at each twentieth all that can be collected is, and then who has the rest.</summary>
    public static Task RunShares(Bench bench) => Run(bench, withShares: true);

    private static async Task Run(Bench bench, bool withShares)
    {
        var size = bench.Long ? 10_000_000_000 : bench.Choose(1_000_000_000L, 200_000_000L);
        var segments = (int)(size / Bytes);
        var folder = bench.NewFolder("pull-memory");
        var path = Path.Combine(folder, "show.sqlite");
        bench.Say($"a show of {segments} segments, {size / 1e9:0.0} GB");
        SyncRig.Write(path, segments, SyncRig.Blob(Bytes));
        await using var recorder = await StoredSource.Start(path);
        bench.Say("the pull");
        ProcessMemory? early = null;
        var (last, most) = (default(ProcessMemory), 0.0);
        var shares = new List<(long Reached, MemoryShares Shares)>();
        var received = bench.NewFolder("received");
        var pull = await SyncRig.Pull(
            recorder,
            [received],
            segments,
            watch: async (reached, receiver) =>
            {
                last = ProcessMemory.Of(receiver.Process);
                most = Math.Max(most, last.Resident);
                early ??= reached >= segments / 10 ? last : null;
                if (withShares && reached >= segments / Looks * (shares.Count + 1))
                {
                    shares.Add((reached, MemoryShares.Parse(await receiver.Ask("memory"))));
                    bench.Say($"{reached * (double)Bytes / 1e9:0.0} GB: {shares[^1].Shares}");
                }
            }
        );
        var stored = new DirectoryInfo(received).EnumerateFiles("*.sqlite", SearchOption.AllDirectories).Sum(file => file.Length);
        Directory.Delete(received, recursive: true);
        var grown = (last.Resident - early!.Value.Resident) / early.Value.Resident;
        bench.Table.Group($"Memory of a receiver over a pull of {stored / 1e9:0.0} GB into SQLite, {Machine.LoadNow()}");
        bench.Table.Add(new ResultRow("resident at a tenth of it", Megabytes(early.Value.Resident)));
        bench.Table.Add(new ResultRow("most it ever was", Megabytes(most)));
        bench.Table.Add(
            new ResultRow(
                "resident at its end",
                Megabytes(last.Resident),
                $"{grown * 100:+0;-0}% since a tenth of it",
                Aim: $"<= +{MostGrown * 100:0}%",
                Met: grown <= MostGrown
            )
        );
        foreach (var (reached, share) in shares)
        {
            bench.Table.Add(new ResultRow($"after {reached * (double)Bytes / 1e9:0.0} GB, collected", $"{share}"));
        }

        bench.Table.Add(new ResultRow("rate", $"{pull.Sustained * Bytes / 1e6:0} MB/s"));
    }

    private static string Megabytes(double kilobytes) => $"{kilobytes / 1024:0} MB";
}
