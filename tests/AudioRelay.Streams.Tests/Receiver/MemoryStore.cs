using System.Security.Cryptography;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>One received show in memory, with the fence of the real ones.</summary>
internal sealed class MemoryStore(MemoryStore.Kept kept, Func<string, string, Task> onCall, bool takesMore) : IReceivedStore
{
    public string Name => kept.Source.Name;

    public SourceShow Source => kept.Source;

    public IReadOnlyCollection<string> Sources => [kept.Source.UniqueId];

    public IShowReader Reader { get; } = new MemoryReader(kept);

    public async ValueTask<SyncCheckpoint> CheckpointAsync(CancellationToken cancel = default)
    {
        await onCall("checkpoint", Name);
        return kept.At;
    }

    public async ValueTask<PulledMark?> NewestPulledAsync(CancellationToken cancel = default)
    {
        await onCall("newest", Name);
        lock (kept.Lock)
        {
            return kept.Segments.Count > kept.OfFormerSources
                ? new PulledMark(kept.Segments[^1].SourceId, SHA256.HashData(kept.Segments[^1].Data))
                : null;
        }
    }

    public async ValueTask<SyncCheckpoint> ClaimAsync(CancellationToken cancel = default)
    {
        await onCall("claim", Name);
        lock (kept.Lock)
        {
            return kept.At = kept.At with { Epoch = kept.At.Epoch + 1 };
        }
    }

    public async ValueTask<PullCommit> CommitAsync(
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel = default
    )
    {
        await onCall("commit", Name);
        if (from != kept.At)
        {
            throw new StorageException(StorageFault.Fenced, "Somebody else was here.");
        }

        var taken = new List<PulledBatch>();
        for (var coming = batch; coming is not null; coming = takesMore ? await next() : null)
        {
            if (CanBeRight(coming, taken))
            {
                taken.Add(coming with { Segments = [.. coming.Segments.Select(s => s with { Data = s.Data.ToArray() })] });
            }
            else if (taken.Count > 0)
            {
                break;
            }
            else
            {
                throw new StorageException(StorageFault.RuleBroken, "what came cannot be right");
            }
        }

        PullCommit commit;
        lock (kept.Lock)
        {
            if (from != kept.At)
            {
                throw new StorageException(StorageFault.Fenced, "Somebody else was here.");
            }

            var (before, last) = (kept.Segments.Count, taken[^1]);
            kept.Journal.AddRange(taken.SelectMany(b => b.Journal));
            kept.Opened.UnionWith(taken.SelectMany(OpenedBy));
            kept.Segments.AddRange(taken.SelectMany(b => b.Segments).Select(s => (s.SourceId, s.SectionId, s.Data.ToArray())));
            kept.Commits++;
            kept.At = kept.At with { NextId = last.NextId, JournalSeq = last.JournalSeq };
            var count = kept.Segments.Count - before;
            var first = count == 0 ? (long?)null : before + 1;
            commit = new PullCommit(kept.At, new CommitResult(first, count, kept.Segments.Count, kept.Journal.Count));
        }

        await onCall("committed", Name); // what is thrown here leaves the outcome unknown
        return commit;
    }

    private bool CanBeRight(PulledBatch batch, List<PulledBatch> before)
    {
        var opened = kept.Opened.Concat(before.SelectMany(OpenedBy)).Concat(OpenedBy(batch)).ToHashSet();
        var fromId = before.Count == 0 ? kept.At.NextId : before[^1].NextId;
        return batch.Segments.All(s => opened.Contains(s.SectionId) && s.SourceId >= fromId && s.SourceId != kept.Refused);
    }

    private static IEnumerable<long> OpenedBy(PulledBatch batch) =>
        batch.Journal.Select(e => e.Body).OfType<SectionOpened>().Select(o => o.Section);

    public async ValueTask<SyncCheckpoint> ReplaceSourceAsync(
        SyncCheckpoint from,
        SourceShow source,
        long nextId,
        long journalSeq,
        CancellationToken cancel = default
    )
    {
        await onCall("replace", Name);
        kept.Source = source;
        kept.OfFormerSources = kept.Segments.Count;
        return kept.At = kept.At with { SourceStore = source.UniqueId, NextId = nextId, JournalSeq = journalSeq };
    }

    public async ValueTask LearnTargetAsync(SyncCheckpoint from, int? seconds, CancellationToken cancel = default)
    {
        await onCall("target", Name);
        lock (kept.Lock)
        {
            if (from.Epoch != kept.At.Epoch)
            {
                throw new StorageException(StorageFault.Fenced, "Somebody else was here.");
            }

            kept.Source = kept.Source with { TargetSeconds = seconds };
        }
    }

    public async ValueTask RenameRemoteAsync(SyncCheckpoint from, string remote, CancellationToken cancel = default)
    {
        await onCall("rename", Name);
        kept.Source = kept.Source with { Remote = remote };
    }

    public async ValueTask<RetentionReport> RetainAsync(SyncCheckpoint from, long limitUs, CancellationToken cancel = default)
    {
        await onCall("retain", Name);
        kept.Retained.Add(limitUs);
        return new RetentionReport([], 0, TimeSpan.Zero);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What stays when the store is closed.</summary>
    public sealed class Kept(SourceShow source)
    {
        public Lock Lock { get; } = new();

        public SourceShow Source { get; set; } = source;

        public SyncCheckpoint At { get; set; } = new(source.UniqueId, 1, 0, 0);

        public List<(long SourceId, long Section, byte[] Data)> Segments { get; } = [];

        public List<JournalEntry> Journal { get; } = [];

        public HashSet<long> Opened { get; } = [];

        public List<long> Retained { get; } = [];

        public int OfFormerSources { get; set; }

        public int Commits { get; set; }

        /// <summary>A segment that is not taken, whoever brings it; 0 for none.</summary>
        public long Refused { get; set; }
    }
}
