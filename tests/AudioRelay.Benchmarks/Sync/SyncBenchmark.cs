using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>
/// How fast a receiver catches up with a big show, with all that this takes (HTTP, checksums, hashes, journal, fence, fsync), against the same rows
/// put straight into the same kind of store.
/// </summary>
internal static class SyncBenchmark
{
    private const int Bytes = 12_000;
    private const int PerPull = 100; // the receiver's chunk_size
    private const int Rounds = 3;
    private const double Aim = 0.8;

    public static async Task Run(Bench bench)
    {
        var segments = bench.Choose(60_000, 6_000);
        var folder = bench.NewFolder("sync");
        var (path, blob) = (Path.Combine(folder, "show.sqlite"), SyncRig.Blob(Bytes));
        bench.Say($"a show of {segments} segments");
        SyncRig.Write(path, segments, blob);
        await using var recorder = Child.Start(StoredRecorderChild.Verb, path);
        var address = await recorder.Hear();
        await Sqlite(bench, address, segments, blob);
        if (!PostgresServer.IsInstalled)
        {
            bench.Say(PostgresServer.Missing);
            return;
        }

        await using var postgres = await PostgresServer.Start(new PostgresSettings(Fsync: true));
        await Postgres(bench, postgres, address, segments, blob);
    }

    private static async Task Sqlite(Bench bench, string recorder, int segments, byte[] blob)
    {
        var (ours, bare) = (new List<PullResult>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            // In turns, so that a busy moment of the machine meets both.
            bench.Say($"into SQLite, round {round} of {Rounds}");
            var folder = bench.NewFolder("received");
            bare.Add(BareInserts.Insert(Path.Combine(folder, "bare.sqlite"), segments, PerPull, blob));
            ours.Add(await SyncRig.Pull(recorder, [folder], segments));
            Directory.Delete(folder, recursive: true);
        }

        bench.Table.Group($"Sync: {segments} segments of {Bytes / 1000} kB, most of {Rounds} rounds, {Machine.LoadNow()}");
        Add(bench, "recorder -> SQLite", ours, bare, $"bare inserts, {PerPull} in a transaction", segments, Aim);
    }

    private static async Task Postgres(Bench bench, PostgresServer server, string recorder, int segments, byte[] blob)
    {
        var (ours, bare, batches) = (new List<PullResult>(), new List<double>(), new List<double>());
        await using var copy = await BareCopy.Connect(new Uri(SyncRig.Url(server)));
        await copy.Copy(segments / 10, segments, blob); // until its code is compiled
        for (var round = 1; round <= Rounds; round++)
        {
            bench.Say($"into PostgreSQL, round {round} of {Rounds}");
            var prefix = server.NewPrefix();
            bare.Add(await copy.Copy(segments, segments, blob));
            ours.Add(await SyncRig.Pull(recorder, [SyncRig.Url(server), prefix], segments));
            batches.Add(await copy.Copy(segments, PerPull, blob));
            await server.Sql($"drop database \"save_audio_{prefix}_show\" with (force)");
        }

        bench.Table.Group($"Sync: {segments} segments of {Bytes / 1000} kB, most of {Rounds} rounds, {Machine.LoadNow()}");
        Add(bench, "recorder -> PostgreSQL", ours, bare, "one binary COPY", segments, Aim);
        Add(bench, "recorder -> PostgreSQL", ours, batches, $"binary COPY, {PerPull} in a transaction", segments, null);
    }

    private static void Add(Bench bench, string what, List<PullResult> ours, List<double> theirs, string peer, int segments, double? aim)
    {
        var (pull, bare) = (ours.MaxBy(o => o.Sustained)!, theirs.Max());
        var ratio = pull.Sustained / bare;
        bench.Table.Add(
            new ResultRow(
                what,
                $"{Rate(pull.Sustained)}",
                $"{peer} {Rate(bare)}",
                ratio,
                aim is null ? "" : $">= {aim:0.0#} x",
                aim is null ? null : ratio >= aim
            )
        );
        if (aim is not null)
        {
            bench.Table.Add(new ResultRow($"{what}, the receiver's CPU", $"{pull.Cpu.TotalMicroseconds / segments:0} us a segment"));
        }
    }

    private static string Rate(double perSecond) => $"{perSecond:0}/s ({perSecond * Bytes / 1e6:0} MB/s)";
}
