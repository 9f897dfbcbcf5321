using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <content>The life of instances: begin, fail, end, begin again.</content>
internal sealed partial class ActorCell
{
    // Read by snapshots from any thread; written on the turn.
    private volatile Incarnation? _incarnation;
    private Phase _phase = Phase.Vacant;
    private ActorEnd? _stop;
    private bool _restartDue;
    private int _faultNumber;
    private Exception? _lastError;
    private ITimer? _delay;
    private Task _windingDown = Task.CompletedTask;

    /// <summary>How it ended; null until then.</summary>
    public ActorEnded? EndNews { get; private set; }

    private void Begin()
    {
        _restartDue = false;
        CallOffDelay();
        var number = (_incarnation?.Number ?? 0) + 1;
        var instance = new Incarnation(this, number);
        _incarnation = instance;
        _phase = Phase.Running;
        Children.Open();
        _mailbox.Release();
        try
        {
            instance.Behaviour = _create(instance);
            Chart.Began(instance.Behaviour.TypeName, instance.Behaviour.Describe(), number);
        }
        catch (Exception error)
        {
            Fail(error);
            return;
        }

        if (instance.Escalated is { } fault)
        {
            Fail(fault);
        }
    }

    private void Fail(Exception error)
    {
        _faultNumber++;
        _lastError = error;
        Chart.Failed(error);
        EndInstance(ActorEnd.Failed);
        Parent!.Post(new SystemMessage.ChildFailed(this, _faultNumber, error)); // the root has nothing that could fail
    }

    private void OnRestart()
    {
        if (_stop is not null)
        {
            return;
        }

        Chart.Log(ActorLogKind.Life, "restart asked for");
        CallOffDelay();
        _restartDue = true;
        if (_phase == Phase.Running)
        {
            EndInstance(ActorEnd.AskedToStop);
        }
        else
        {
            Proceed();
        }
    }

    private void OnRestartIn(SystemMessage.RestartIn decision)
    {
        if (decision.FaultNumber != _faultNumber || _stop is not null || _restartDue || _phase == Phase.Running)
        {
            return;
        }

        var due = new SystemMessage.RestartDue(decision.FaultNumber);
        Chart.RestartAt(Time.GetUtcNow() + decision.Delay);
        _delay = Time.CreateTimer(_ => Post(due), null, decision.Delay, Timeout.InfiniteTimeSpan);
    }

    private void OnRestartDue(SystemMessage.RestartDue due)
    {
        // A person's restart may have come first; then this delay belongs to an instance of the past.
        if (due.FaultNumber == _faultNumber && _delay is not null)
        {
            _restartDue = true;
            Proceed();
        }
    }

    private void OnStop(ActorEnd end)
    {
        if (_stop is not null)
        {
            return;
        }

        _stop = end;
        _mailbox.Close();
        CallOffDelay();
        Chart.Is(ActorStatus.Stopping);
        if (_phase == Phase.Running)
        {
            EndInstance(end);
        }
        else
        {
            Proceed();
        }
    }

    /// <summary>Nothing more is handled; first the children end, then piped work and cleanup return.</summary>
    private void EndInstance(ActorEnd end)
    {
        _phase = Phase.EndingChildren;
        _instanceEnd = end;
        _mailbox.Hold();
        if (_stop is null)
        {
            Chart.Is(ActorStatus.Restarting);
        }

        _incarnation!.End();
        foreach (var child in Children.Close())
        {
            child.Post(new SystemMessage.Stop(ActorEnd.ParentStopping));
        }

        WindDownWhenChildless();
    }

    private void WindDownWhenChildless()
    {
        if (_phase == Phase.EndingChildren && Children.Count == 0)
        {
            _phase = Phase.WindingDown;
            var (instance, end) = (_incarnation!, _instanceEnd);
            _windingDown = WindDown(instance, end);
        }
    }

    private async Task WindDown(Incarnation instance, ActorEnd end)
    {
        if (instance.WorkReturned() is { IsCompletedSuccessfully: false } work)
        {
            await Within("piped work", _ => work);
        }

        if (instance.Behaviour is { } behaviour)
        {
            await Within("cleanup", token => behaviour.Ending(end, token));
        }

        Post(new SystemMessage.WoundDown(instance.Number));
    }

    private async Task Within(string what, Func<CancellationToken, Task> ending)
    {
        using var limit = new CancellationTokenSource(Options.EndLimit, Time);
        var token = limit.Token; // taken here, since the source may be gone by the time a busy thread pool begins the cleanup
        try
        {
            await Task.Run(() => ending(token), CancellationToken.None).WaitAsync(token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Chart.Log(ActorLogKind.Warning, $"going on without its {what}, which did not return within {Options.EndLimit}");
        }
        catch (Exception error)
        {
            // The instance is gone, and nothing it held can be asked again: told, and no reason not to go on.
            Chart.Log(ActorLogKind.Warning, $"its {what} failed", error);
        }
    }

    private void Proceed()
    {
        if (_phase != Phase.Vacant)
        {
            return;
        }

        if (_stop is { } end)
        {
            Finish(end);
        }
        else if (_restartDue)
        {
            Begin();
        }
    }

    private void Finish(ActorEnd end)
    {
        _phase = Phase.Ended;
        var dropped = _mailbox.Drain();
        var news = new ActorEnded(Path, end, end == ActorEnd.Failed ? _lastError : null);
        EndNews = news;
        Chart.Is(ActorStatus.Stopped);
        Chart.Log(ActorLogKind.Life, dropped == 0 ? $"ended: {end}" : $"ended: {end}; {dropped} messages were not handled");
        Parent?.Children.Remove(this); // here, not on the parent's turn: whoever awaits the end finds it gone, and its name free
        Parent?.Post(new SystemMessage.ChildEnded(this, news));
        _ended.TrySetResult(news);
    }

    private void CallOffDelay()
    {
        _delay?.Dispose();
        _delay = null;
        Chart.RestartAt(null);
    }
}
