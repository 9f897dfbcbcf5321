using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests;

/// <summary>Measures and prints; run it by hand with <c>-explicit only -class "*StorageNumbers" -showLiveOutput</c>. Asserts only orders of magnitude.</summary>
public sealed class StorageNumbers(ITestOutputHelper output)
{
    private const long Noon = 1_790_000_000_000_000;
    private const int Rows = 6000;

    [Fact(Explicit = true)]
    public async Task Commits_lists_reads_and_retention()
    {
        using var folder = new TempFolder();
        var path = folder.File("show.sqlite");
        using var store = Recording.Create(path);
        output.WriteLine($"SQLite {SqliteLibrary.Version()}, {folder.Path}");
        var recording = new Recording(store);
        var commits = Record(store, recording);
        var syncs = RawSyncs(folder.File("raw"));
        output.WriteLine($"the disk itself, 20.9 KB appended and synced: {syncs:F0}/s; commits are {commits / syncs:F2} of it");

        await using var reader = SqliteShowReader.Open(path);
        var sessions = await MeasureAsync("session list, 60 sections", async () => (await reader.SectionsAsync(new SectionQuery())).Count);
        await MeasureAsync("playlist list, 6000 segments", async () => (await reader.SegmentsAsync(new SegmentQuery())).Count);
        await MeasureAsync("one segment of 20.9 KB", async () => (await reader.SegmentAsync(3000)).Segment!.Data.Length);
        await MeasureAsync("batch of 100 for sync", async () => (await reader.ReadSegmentsAsync(1000, 2000, 100, 1 << 24)).Count);

        var slices = new List<RetentionSlice>();
        while (store.Retention.HideBefore(Noon + (50L * 200_000_000), Noon).Count > 0)
        {
            // At most 256 at a time.
        }

        while (true)
        {
            var slice = store.Retention.DeleteSlice(RetentionRun.SliceBudget, TimeProvider.System);
            if (!slice.More)
            {
                break;
            }

            slices.Add(slice);
        }

        var longest = slices.Max(s => s.Took);
        output.WriteLine(
            $"retention: {slices.Sum(s => s.Segments)} segments in {slices.Count} slices, longest {longest.TotalMilliseconds:F1} ms"
        );
        Assert.True(commits > 20);
        Assert.True(sessions < TimeSpan.FromMilliseconds(100));
    }

    private double Record(ShowStore store, Recording recording)
    {
        var time = TimeProvider.System;
        var (spent, allocated) = (TimeSpan.Zero, 0L);
        for (var section = 0; section < 60; section++)
        {
            var batch = recording.OpenBatch(Noon + (section * 200_000_000L));
            for (var i = 0; i < Rows / 60; i++)
            {
                batch.Add(recording.Next(96000, 20_900));
                var (began, before) = (time.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
                store.Commit(batch);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                spent += time.GetElapsedTime(began);
                batch = new StoreBatch();
            }

            store.Commit(recording.CloseBatch());
        }

        output.WriteLine($"commits of one 20.9 KB segment: {Rows / spent.TotalSeconds:F0}/s, {allocated / Rows} bytes allocated each");
        return Rows / spent.TotalSeconds;
    }

    /// <summary>The peer of a commit, measured in the same run: the disk without a database.</summary>
    private static double RawSyncs(string path)
    {
        const int Rounds = 300;
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var data = Recording.Bytes(1, 20_900);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
        {
            file.Write(data);
            file.Flush(flushToDisk: true);
        }

        return Rounds / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<TimeSpan> MeasureAsync(string what, Func<Task<int>> read)
    {
        var times = new List<TimeSpan>();
        var count = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 30; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            count = await read();
            times.Add(TimeProvider.System.GetElapsedTime(began));
        }

        cpu = (Environment.CpuUsage.TotalTime - cpu) / 30;
        times.Sort();
        output.WriteLine(
            $"{what}: {count}, median {times[15].TotalMilliseconds:F2} ms, worst {times[^1].TotalMilliseconds:F2} ms, CPU {cpu.TotalMilliseconds:F2} ms"
        );
        return times[15];
    }
}
