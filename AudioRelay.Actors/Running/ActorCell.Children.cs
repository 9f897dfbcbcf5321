using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <content>What concerns children: spawning them and deciding about their faults.</content>
internal sealed partial class ActorCell
{
    private ActorEnd _instanceEnd;

    public CellRef<TChild> Spawn<TChild>(string name, Func<IActorContext<TChild>, IActor<TChild>> create, ActorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(create);
        CellRef<TChild> self = null!;
        var child = new ActorCell(
            _system,
            this,
            ActorPath.CheckName(name),
            TypeNames.Of(typeof(TChild)),
            instance => new TypedBehaviour<TChild>(create(new ActorContext<TChild>(instance, self))),
            options ?? _system.Options.Defaults
        );
        self = new CellRef<TChild>(child);
        Children.Add(child);
        child.Post(new SystemMessage.Start());
        return self;
    }

    private void OnChildFailed(SystemMessage.ChildFailed failed)
    {
        if (_phase != Phase.Running)
        {
            return; // every child has been told to stop
        }

        var child = failed.Child;
        var verdict = Verdict.On(failed.Error, child.Options.Supervision, child.Faults, Time, _system.NextRandom);
        child.Chart.Log(ActorLogKind.Life, verdict.ToString());
        switch (verdict.Directive)
        {
            case Directive.Restart:
                child.Post(new SystemMessage.RestartIn(failed.FaultNumber, verdict.Delay));
                break;
            case Directive.Stop:
                child.Post(new SystemMessage.Stop(ActorEnd.Failed));
                break;
            default:
                child.Post(new SystemMessage.Stop(ActorEnd.Failed));
                Escalate(new EscalatedException(child.Path, verdict.Why, failed.Error));
                break;
        }
    }

    /// <summary>The root does not fail: what happens to the rest is for the process to decide.</summary>
    private void Escalate(EscalatedException fault)
    {
        if (Parent is null)
        {
            _system.Report(Chart.Failed(fault));
        }
        else
        {
            Fail(fault);
        }
    }

    private void OnChildEnded(SystemMessage.ChildEnded ended)
    {
        if (ended.News.End != ActorEnd.ParentStopping)
        {
            Chart.Log(ActorLogKind.Life, $"child {ended.Child.Name} ended: {ended.News.End}");
        }

        if (_phase == Phase.Running)
        {
            _incarnation!.OnChildEnded(ended.Child, ended.News);
        }

        WindDownWhenChildless();
    }
}
