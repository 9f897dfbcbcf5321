namespace AudioRelay.Actors.Running;

/// <summary>A timer or a piece of work whose message an instance is still waiting for.</summary>
internal sealed class PendingAnswer(Incarnation owner) : IDisposable
{
    public Incarnation Owner => owner;

    public ITimer? Timer { get; set; }

    public CancellationTokenSource? Cancel { get; set; }

    /// <summary>Makes the message, on the actor's turn; null until the timer has gone off or the work has returned.</summary>
    public Func<object>? Message { get; private set; }

    public void Deliver(Func<object> message)
    {
        Message = message;
        owner.Cell.Post(this);
    }

    /// <summary>The actor does not want it any more.</summary>
    public void Dispose() => owner.GiveUp(this);
}
