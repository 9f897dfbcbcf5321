using System.Diagnostics.CodeAnalysis;

namespace AudioRelay.Storage.Threads;

/// <summary>Something to be run on a storage thread.</summary>
internal sealed class StoreCall<T>(Func<T> work) : StoreWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    [SuppressMessage("Design", "CA1031", Justification = "Handed to the caller through its task; the thread serves other shows too.")]
    public override void Run()
    {
        try
        {
            _done.SetResult(work());
        }
        catch (Exception error)
        {
            _done.SetException(error);
        }
    }
}
