using AudioRelay.Benchmarks.Measuring;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>
/// How fast a receiver catches up with a big show, with all that this takes (HTTP, checksums, hashes, journal, fence, fsync), against the same rows
/// put straight into the same kind of store.
/// </summary>
/// <remarks>
/// Peer, pull, peer, pull, …, peer: each pull is compared with the peers before and after it, so that a busy moment of the machine meets both, and
/// the median of these ratios is told.
/// </remarks>
internal static class SyncBenchmark
{
    private const int PerCommit = 100; // of a peer in many transactions
    private const double Aim = 0.8;

    public static async Task Run(Bench bench)
    {
        await Size(bench, 12_000, bench.Choose(120_000, 12_000)); // 6 s of Opus at 16 kbit/s
        await Size(bench, 96_000, bench.Choose(15_000, 1_500)); // 6 s of MP3 at 128 kbit/s, copied
    }

    private static async Task Size(Bench bench, int bytes, int segments)
    {
        var folder = bench.NewFolder("sync");
        var path = Path.Combine(folder, "show.sqlite");
        var rows = new SyncRows(segments, SyncRig.Blob(bytes));
        bench.Say($"a show of {segments} segments of {bytes / 1000} kB");
        SyncRig.Write(path, segments, rows.Blob);
        await using (var source = await StoredSource.Start(path))
        {
            if (PostgresServer.IsInstalled)
            {
                await using var postgres = await PostgresServer.Start(new PostgresSettings(Fsync: true));
                await Postgres(bench, postgres, source, rows);
            }
            else
            {
                bench.Say(PostgresServer.Missing);
            }

            await Sqlite(bench, source, rows);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Sqlite(Bench bench, StoredSource source, SyncRows rows)
    {
        var pairs = new SyncPairs("recorder -> SQLite", $"bare inserts, {PerCommit} in a transaction", rows, Aim);
        await pairs.Measure(
            bench,
            () =>
            {
                var folder = bench.NewFolder("bare");
                var (before, rate) = (
                    CpuTime.Now,
                    BareInserts.Insert(Path.Combine(folder, "bare.sqlite"), rows.Count, PerCommit, rows.Blob)
                );
                var cpu = new PullCpu(CpuTime.Now - before, TimeSpan.Zero, TimeSpan.Zero) / rows.Count;
                Directory.Delete(folder, recursive: true);
                return Task.FromResult((rate, cpu));
            },
            async () =>
            {
                var folder = bench.NewFolder("received");
                var pull = await SyncRig.Pull(source, [folder], rows.Count);
                Directory.Delete(folder, recursive: true);
                return pull;
            }
        );
    }

    private static async Task Postgres(Bench bench, PostgresServer server, StoredSource source, SyncRows rows)
    {
        await using var copy = await BareCopy.Connect(new Uri(SyncRig.Url(server)));
        await copy.Copy(rows.Count / 10, rows.Count, rows.Blob); // until its code is compiled
        var pairs = new SyncPairs("recorder -> PostgreSQL", "one binary COPY", rows, Aim);
        await pairs.Measure(bench, () => Copy(rows.Count), Pull);
        var (batches, _) = await Copy(PerCommit);
        pairs.Note(bench, $"one COPY for each {PerCommit}, right after", batches);

        async Task<(double, PullCpu)> Copy(int perCommit)
        {
            await server.Sql("checkpoint"); // so that neither writes what the other has left
            var (client, there) = (CpuTime.Now, ProcessCpu.OfTree(server.ProcessId));
            var rate = await copy.Copy(rows.Count, perCommit, rows.Blob);
            var cpu = new PullCpu(CpuTime.Now - client, TimeSpan.Zero, ProcessCpu.OfTree(server.ProcessId) - there);
            return (rate, cpu / rows.Count);
        }

        async Task<PullResult> Pull()
        {
            await server.Sql("checkpoint");
            var prefix = server.NewPrefix();
            var pull = await SyncRig.Pull(source, [SyncRig.Url(server), prefix], rows.Count, server.ProcessId);
            await server.Sql($"drop database \"save_audio_{prefix}_show\" with (force)");
            return pull;
        }
    }
}
