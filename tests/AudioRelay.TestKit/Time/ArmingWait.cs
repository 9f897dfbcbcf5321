namespace AudioRelay.TestKit.Time;

/// <summary>A test that waits until timers are armed in a certain way.</summary>
internal sealed class ArmingWait(Func<bool> isMet)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Met => _met.Task;

    public bool CompleteIfMet() => isMet() && _met.TrySetResult();
}
