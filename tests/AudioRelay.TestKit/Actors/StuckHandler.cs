using AudioRelay.TestKit.Time;

namespace AudioRelay.TestKit.Actors;

/// <summary>A place where a handler gets stuck until the test lets it go. Disposing lets it go too.</summary>
public sealed class StuckHandler : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a handler is stuck.</summary>
    public Task Entered => _entered.Task.Guarded("a handler to get stuck");

    /// <summary>Called by the handler: blocks its thread.</summary>
    public void Enter()
    {
        _entered.TrySetResult();
        if (!_open.Wait(Guard.Limit))
        {
            throw new TimeoutException("Nobody let the stuck handler go.");
        }
    }

    public void LetGo() => _open.Set();

    public void Dispose() => LetGo(); // the event itself is left to the collector: the handler may still be waking up
}
