using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>One instance of an actor with everything it has started: it all ends together, and answers that come later find nobody.</summary>
internal sealed class Incarnation(ActorCell cell, int number)
{
    private readonly Lock _gate = new();
    private readonly HashSet<PendingAnswer> _pending = [];
    private readonly Dictionary<PendingAnswer, Task> _work = [];
    private readonly Dictionary<ActorCell, Func<ActorEnded, object>> _watches = [];

    public ActorCell Cell => cell;

    public int Number => number;

    /// <summary>Null until the factory has returned.</summary>
    public Behaviour? Behaviour { get; set; }

    /// <summary>The fault the handler has handed over.</summary>
    public Exception? Escalated { get; set; }

    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    public IDisposable After(TimeSpan delay, object message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        var pending = Add();
        lock (_gate)
        {
            pending.Timer = cell.Time.CreateTimer(_ => pending.Deliver(() => message), null, delay, Timeout.InfiniteTimeSpan);
        }

        return pending;
    }

    public IDisposable Pipe<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Func<TResult, object> onOk,
        Func<Exception, object> onError
    )
    {
        var pending = Add();
        var cancel = new CancellationTokenSource();
        lock (_gate)
        {
            pending.Cancel = cancel;
            _work.Add(pending, Run(pending, work, onOk, onError, cancel.Token));
        }

        return pending;
    }

    public void Watch(ActorCell child, Func<ActorEnded, object> message)
    {
        // Either it is still among the children, and the news of its end is still to come, or it is gone for good.
        if (child.EndNews is { } news && !cell.Children.Contains(child))
        {
            Tell(() => message(news));
        }
        else
        {
            _watches[child] = message;
        }
    }

    public void OnChildEnded(ActorCell child, ActorEnded news)
    {
        if (_watches.Remove(child, out var message))
        {
            Tell(() => message(news));
        }
    }

    /// <summary>True if the answer is still wanted; it is not pending any more after this.</summary>
    public bool Take(PendingAnswer pending)
    {
        lock (_gate)
        {
            pending.Timer?.Dispose();
            return _pending.Remove(pending);
        }
    }

    public void GiveUp(PendingAnswer pending)
    {
        CancellationTokenSource? cancel;
        lock (_gate)
        {
            _pending.Remove(pending);
            pending.Timer?.Dispose();
            cancel = pending.Cancel;
            pending.Cancel = null;
            if (cancel is not null && _work.TryGetValue(pending, out var work))
            {
                // What hangs on the token runs elsewhere: cancelling must not keep the actor busy.
                _work[pending] = Task.WhenAll(work, CancelElsewhere(cancel));
            }
        }
    }

    /// <summary>Cancels everything.</summary>
    public void End()
    {
        PendingAnswer[] pending;
        lock (_gate)
        {
            pending = [.. _pending];
        }

        foreach (var one in pending)
        {
            GiveUp(one);
        }
    }

    /// <summary>Completes when all work has returned, cancelled work included.</summary>
    public Task WorkReturned()
    {
        lock (_gate)
        {
            return Task.WhenAll(_work.Values);
        }
    }

    private static async Task CancelElsewhere(CancellationTokenSource cancel)
    {
        await cancel.CancelAsync();
        cancel.Dispose();
    }

    private async Task Run<TResult>(
        PendingAnswer pending,
        Func<CancellationToken, Task<TResult>> work,
        Func<TResult, object> onOk,
        Func<Exception, object> onError,
        CancellationToken token
    )
    {
        Func<object> answer;
        try
        {
            // Started elsewhere too, so that work which blocks before its first await does not block the actor.
            var result = await Task.Run(() => work(token), CancellationToken.None);
            answer = () => onOk(result);
        }
        catch (Exception error)
        {
            answer = () => onError(error);
        }

        bool wanted;
        CancellationTokenSource? cancel;
        lock (_gate)
        {
            wanted = _pending.Contains(pending);
            _work.Remove(pending);
            cancel = pending.Cancel;
            pending.Cancel = null;
        }

        cancel?.Dispose();
        if (wanted)
        {
            pending.Deliver(answer);
        }
    }

    /// <summary>A message from the runtime in the actor's own type. Bounded by its cause, so it counts against no limit.</summary>
    private void Tell(Func<object> message)
    {
        var pending = new PendingAnswer(this);
        lock (_gate)
        {
            _pending.Add(pending);
        }

        pending.Deliver(message);
    }

    private PendingAnswer Add()
    {
        var pending = new PendingAnswer(this);
        lock (_gate)
        {
            if (Math.Max(_pending.Count, _work.Count) >= cell.Options.MaxPending)
            {
                throw new InvalidOperationException($"More than {cell.Options.MaxPending} timers and piped tasks are outstanding.");
            }

            _pending.Add(pending);
        }

        return pending;
    }
}
