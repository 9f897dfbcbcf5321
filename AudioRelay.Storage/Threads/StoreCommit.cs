using System.Diagnostics.CodeAnalysis;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Threads;

/// <summary>A batch on its way to a storage thread.</summary>
internal sealed class StoreCommit(ShowStore store, StoreBatch batch) : StoreWork
{
    private readonly TaskCompletionSource<CommitResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShowStore Store { get; } = store;

    public Task<CommitResult> Done => _done.Task;

    public override void Run() => RunAll([this]);

    /// <summary>Commits all of one store in one transaction; if that faults, each for itself, so that a bad one takes no other with it.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Handed to the callers through their tasks; the thread serves other shows too.")]
    public static void RunAll(List<StoreCommit> commits)
    {
        try
        {
            var results = commits[0].Store.Commit([.. commits.Select(c => c.Batch)]);
            for (var i = 0; i < results.Count; i++)
            {
                commits[i]._done.SetResult(results[i]);
            }
        }
        catch (StorageException error) when (commits.Count > 1 && error.Fault == StorageFault.RuleBroken)
        {
            foreach (var commit in commits)
            {
                RunAll([commit]);
            }
        }
        catch (Exception error)
        {
            foreach (var commit in commits)
            {
                commit._done.TrySetException(error);
            }
        }
    }

    private StoreBatch Batch { get; } = batch;
}
