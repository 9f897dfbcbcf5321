using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Storage;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Benchmarks.Storing;

/// <summary>What a show's file costs: commits of one segment each, lists, reads and the removal of old sections.</summary>
internal static class StoreBenchmark
{
    private const long Noon = 1_790_000_000_000_000;
    private const int Sections = 60;
    private const long SectionUs = 1_000_000_000;
    private static readonly (string What, int Bytes)[] Sizes = [("6 s of Opus 16k", 12_600), ("6 s of MP3 128k copied", 96_000)];

    public static async Task Run(Bench bench)
    {
        bench.Table.Group("Store: one segment per commit, synchronous = FULL, one thread, median");
        var folder = bench.NewFolder("store");
        var count = bench.Choose(3000, 600);
        var sync = BareFile.Append(Path.Combine(folder, "sync"), new byte[4096], bench.Choose(1000, 200));
        bench.Table.Add(new ResultRow("this machine's fsync (4 KB appended)", "", $"{Each(sync)}, {sync}"));
        foreach (var (what, bytes) in Sizes)
        {
            Commits(bench, folder, what, RandomBytes(bytes), count);
        }

        await Reads(bench, Path.Combine(folder, $"show-{Sizes[0].Bytes}.sqlite"), count);
    }

    private static void Commits(Bench bench, string folder, string what, byte[] blob, int count)
    {
        bench.Say($"{count} commits, {what}");
        using var store = Open(Path.Combine(folder, $"show-{blob.Length}.sqlite"));
        var fill = new ShowFill(store, blob);
        for (var section = 0; section < Sections; section++)
        {
            fill.Section(Noon + (section * SectionUs), count / Sections);
        }

        var sqlite = BareSqlite.Insert(Path.Combine(folder, $"bare-{blob.Length}.sqlite"), blob, count);
        var file = BareFile.Append(Path.Combine(folder, $"file-{blob.Length}"), blob, count);
        Add(sqlite, "bare SQLite insert");
        Add(file, "append and fsync");
        bench.Table.Add(new ResultRow($"{what}: managed allocation per commit", $"{fill.Allocated / fill.Commits.Count} B"));

        void Add(Durations peer, string name) =>
            bench.Table.Add(ResultRow.AtMost(what, Each(fill.Commits), $"{name} {Each(peer)}", fill.Commits.Median / peer.Median, null));
    }

    private static async Task Reads(Bench bench, string path, int count)
    {
        bench.Table.Group($"Store: reads of a show with {Sections} sections and {count} segments, median");
        await using (var reader = SqliteShowReader.Open(path))
        {
            await Read(bench, "list of its sections", async () => (await reader.SectionsAsync(new SectionQuery())).Count);
            await Read(bench, "list of its segments", async () => (await reader.SegmentsAsync(new SegmentQuery())).Count);
            await Read(bench, "one segment", async () => (await reader.SegmentAsync(count / 2)).Segment!.Data.Length);
            await Read(bench, "100 segments for sync", async () => (await reader.ReadSegmentsAsync(1, count, 100, 1 << 24)).Count);
        }

        using var store = Open(path);
        while (store.Retention.HideBefore(Noon + (Sections / 2 * SectionUs), Noon).Count > 0)
        {
            // At most 256 at a time.
        }

        var slices = new Durations();
        while (slices.Take(() => store.Retention.DeleteSlice(RetentionRun.SliceBudget, TimeProvider.System)).More)
        {
            // Between two slices the show's commits have their turn.
        }

        bench.Table.Add(
            new ResultRow(
                $"retention: {count / 2} segments in {slices.Count} slices",
                $"longest {slices.At(1).TotalMilliseconds:0.0} ms",
                $"budget of a slice {RetentionRun.SliceBudget.TotalMilliseconds:0} ms"
            )
        );
    }

    private static async Task Read(Bench bench, string what, Func<ValueTask<int>> read)
    {
        const int Rounds = 50;
        var taken = new Durations();
        for (var i = 0; i < Rounds; i++)
        {
            await taken.TakeAsync(read);
        }

        bench.Table.Add(new ResultRow(what, $"{taken.Median.TotalMilliseconds:0.00} ms"));
    }

    private static ShowStore Open(string path) => ShowStore.Open(path, ShowFill.Settings, new Random(1));

    private static string Each(Durations taken) => $"{taken.Median.TotalMilliseconds:0.00} ms ({taken.Count / taken.Sum.TotalSeconds:0}/s)";

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
