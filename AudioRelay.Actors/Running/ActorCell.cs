using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>What stays while instances come and go: mailbox, place in the tree, life and its record.</summary>
/// <remarks>
/// A turn runs on the thread pool, and the mailbox gives it to one thread at a time; fields without a lock belong to the turn.
/// This part takes messages; <c>ActorCell.Life.cs</c> is the life of instances, <c>ActorCell.Children.cs</c> what concerns children.
/// </remarks>
internal sealed partial class ActorCell : IThreadPoolWorkItem
{
    [ThreadStatic]
    private static ActorCell? _onTurn;

    private readonly ActorSystem _system;
    private readonly BoundedMailbox _mailbox;
    private readonly Func<Incarnation, Behaviour> _create;
    private readonly TaskCompletionSource<ActorEnded> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ActorCell(
        ActorSystem system,
        ActorCell? parent,
        string name,
        string type,
        Func<Incarnation, Behaviour> create,
        ActorOptions options
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MailboxCapacity, 1);
        (_system, Parent, Name, Options, _create) = (system, parent, name, options, create);
        Path = ActorPath.Below(parent, name);
        Chart = new Chart(Path, type, system.Time, system.Options.LogLines, system.Options.OnLog);
        Faults = new FaultHistory(options.Supervision.Window);
        _mailbox = new BoundedMailbox(options.MailboxCapacity, system.Time);
        _mailbox.Hold();
    }

    public ActorCell? Parent { get; }

    public string Name { get; }

    public string Path { get; }

    public ActorOptions Options { get; }

    public TimeProvider Time => _system.Time;

    public Chart Chart { get; }

    public Children Children { get; } = new();

    /// <summary>The faults that count against its budget. Belongs to the parent's turn.</summary>
    public FaultHistory Faults { get; }

    public Task<ActorEnded> Ended => _ended.Task;

    /// <summary>True when neither it nor anybody below it takes a turn or has one coming.</summary>
    public bool IsAtRest => !_mailbox.IsAwake && Children.All().All(child => child.IsAtRest);

    public ActorSnapshot Snapshot() => Chart.Snapshot(_mailbox.State, _mailbox.Capacity, _incarnation?.PendingCount ?? 0, Children.All());

    public bool Tell(object message)
    {
        var offer = _mailbox.Accept(message, out var wake);
        Schedule(wake);
        if (offer == Offer.NowFull)
        {
            Chart.Log(ActorLogKind.Warning, $"mailbox full: {_mailbox.Capacity} wait, more are refused");
        }

        return offer == Offer.Accepted;
    }

    public void Post(SystemMessage message) => Schedule(_mailbox.Post(message));

    public void Post(PendingAnswer answer) => Schedule(_mailbox.Post(answer));

    /// <summary>What belongs to an instance is used on its turn and in its time, or it would be a race.</summary>
    public void CheckOnTurn(Incarnation incarnation)
    {
        if (_onTurn != this || _incarnation != incarnation || _phase != Phase.Running)
        {
            throw new InvalidOperationException(
                $"{Path}: the context was used outside the handler of its own instance. Send the actor a message instead."
            );
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        _onTurn = this;
        try
        {
            for (var handled = 0; handled < _system.Options.TurnLength; handled++)
            {
                if (_mailbox.Take() is not { } next)
                {
                    return;
                }

                Handle(next);
            }
        }
        finally
        {
            _onTurn = null;
        }

        Schedule(true); // there may be more, and others want the thread
    }

    private void Schedule(bool wake)
    {
        if (wake)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Handle(object next)
    {
        switch (next)
        {
            case SystemMessage system:
                Chart.Busy("runtime:" + system.GetType().Name);
                HandleSystem(system);
                Chart.Idle();
                break;
            case PendingAnswer answer:
                if (answer.Owner == _incarnation && answer.Owner.Take(answer))
                {
                    Receive(answer.Message!);
                }

                break;
            default:
                Receive(() => next);
                break;
        }
    }

    private void HandleSystem(SystemMessage system)
    {
        switch (system)
        {
            case SystemMessage.Start:
                _restartDue = true;
                Proceed();
                break;
            case SystemMessage.Restart:
                OnRestart();
                break;
            case SystemMessage.Stop stop:
                OnStop(stop.End);
                break;
            case SystemMessage.RestartIn decision:
                OnRestartIn(decision);
                break;
            case SystemMessage.RestartDue due:
                OnRestartDue(due);
                break;
            case SystemMessage.WoundDown wound when wound.Incarnation == _incarnation?.Number:
                _phase = Phase.Vacant;
                Proceed();
                break;
            case SystemMessage.ChildFailed failed:
                OnChildFailed(failed);
                break;
            case SystemMessage.ChildEnded ended:
                OnChildEnded(ended);
                break;
        }
    }

    private void Receive(Func<object> make)
    {
        var instance = _incarnation!;
        Exception? fault;
        try
        {
            var message = make();
            Chart.Busy(TypeNames.Of(message.GetType()));
            instance.Behaviour!.Receive(message);
            fault = instance.Escalated;
            Chart.Handled(instance.Behaviour.Describe());
        }
        catch (Exception error)
        {
            Chart.Handled(state: null);
            fault = error;
        }

        if (fault is not null)
        {
            Fail(fault);
        }
    }
}
