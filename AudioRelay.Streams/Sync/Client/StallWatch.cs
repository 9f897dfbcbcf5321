namespace AudioRelay.Streams.Sync.Client;

/// <summary>Gives up on an answer of which nothing has come for a while; one that keeps coming may take as long as it needs.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (Limit, _caller) = (limit, caller);
        _silence = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, caller);
    }

    /// <summary>How long a silence may last.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Ends when nothing has come for too long, and when the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>It was silent for too long.</summary>
    public bool Stalled => _silence.IsCancellationRequested;

    /// <summary>Something has come.</summary>
    public void Restart() => _silence.CancelAfter(Limit);

    /// <summary>Whatever has failed: the caller wanted no more of it.</summary>
    /// <exception cref="OperationCanceledException">It did.</exception>
    public void ThrowIfCallerLeft() => _caller.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
