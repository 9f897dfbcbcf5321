using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Benchmarks.Storing;

/// <summary>Writes sections of equal segments as a recorder would, without having to hear anything.</summary>
internal sealed class ShowFill(ShowStore store, byte[] blob)
{
    public const int Rate = 48_000;
    public const int SegmentSeconds = 6;

    public static ShowSettings Settings { get; } = new("show", "opus", 16, Rate);

    /// <summary>How long each commit took.</summary>
    public Durations Commits { get; } = new();

    /// <summary>Managed bytes that the commits allocated on their thread.</summary>
    public long Allocated { get; private set; }

    /// <summary>A section that begins at a moment and has ended.</summary>
    public void Section(long startUs, int segments, int perCommit = 1)
    {
        var id = store.NextSectionId(startUs);
        var batch = new StoreBatch()
            .Add(startUs, new SectionOpened(id, "opus", Rate, 1, 312, 960))
            .Add(startUs, new AnchorSet(id, 0, startUs, AnchorCause.Start));
        for (var i = 0; i < segments; i++)
        {
            batch.Add(new NewSegment(id, Samples(i), Samples(1), EndUs(i) / 1000, blob));
            if ((i + 1) % perCommit == 0)
            {
                Commit(batch);
                batch.Clear();
            }
        }

        store.Commit(batch.Add(EndUs(segments), new SectionClosed(id, EndCause.WindowEnd, Samples(segments), 0, EndUs(segments))));

        long EndUs(int count) => startUs + (count * SegmentSeconds * 1_000_000L);
    }

    private static long Samples(int segments) => (long)segments * SegmentSeconds * Rate;

    private void Commit(StoreBatch batch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Commits.Take(() => store.Commit(batch));
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
