using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;
using AudioRelay.Streams.Receiver;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A show's file as the store of a received show, for those who only read.</summary>
public sealed class ReceivedFile(string name, IShowReader reader, string uniqueId = "db_source", params string[] former) : IReceivedStore
{
    public string Name => name;

    public SourceShow Source => new(name, "studio", name, uniqueId, "opus", "16", "48000");

    public IReadOnlyCollection<string> Sources => [uniqueId, .. former];

    public IShowReader Reader => reader;

    public static ReceivingShow Of(ShowFile file, string? name = null, string uniqueId = "db_source", params string[] former) =>
        new(name ?? file.Name, new ReceivedFile(name ?? file.Name, file.Reader, uniqueId, former));

    public ValueTask<SyncCheckpoint> CheckpointAsync(CancellationToken cancel = default) => throw Unasked();

    public ValueTask<PulledMark?> NewestPulledAsync(CancellationToken cancel = default) => throw Unasked();

    public ValueTask<SyncCheckpoint> ClaimAsync(CancellationToken cancel = default) => throw Unasked();

    public ValueTask<PullCommit> CommitAsync(
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel = default
    ) => throw Unasked();

    public ValueTask<SyncCheckpoint> ReplaceSourceAsync(
        SyncCheckpoint from,
        SourceShow source,
        long nextId,
        long journalSeq,
        CancellationToken cancel = default
    ) => throw Unasked();

    public ValueTask LearnTargetAsync(SyncCheckpoint from, int? seconds, CancellationToken cancel = default) => throw Unasked();

    public ValueTask RenameRemoteAsync(SyncCheckpoint from, string remote, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<RetentionReport> RetainAsync(SyncCheckpoint from, long limitUs, CancellationToken cancel = default) => throw Unasked();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidOperationException Unasked() => new("Playback does not write.");
}
