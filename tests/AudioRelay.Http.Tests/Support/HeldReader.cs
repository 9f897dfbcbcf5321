using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that says nothing of its show until it is let go; tells of each that asks.</summary>
public sealed class HeldReader(IShowReader inner) : PassingReader(inner)
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _asked = new(0);

    /// <summary>Completes when one more has asked.</summary>
    public Task Asked() => _asked.WaitAsync(TestContext.Current.CancellationToken);

    public void LetGo() => _go.TrySetResult();

    public override async ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default)
    {
        _asked.Release();
        await _go.Task.WaitAsync(cancel);
        return await base.InfoAsync(cancel);
    }
}
