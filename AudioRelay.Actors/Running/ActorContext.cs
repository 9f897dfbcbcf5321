using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>The typed face of an <see cref="Incarnation"/>.</summary>
internal sealed class ActorContext<TMessage>(Incarnation incarnation, ActorRef<TMessage> self) : IActorContext<TMessage>
{
    public ActorRef<TMessage> Self => self;

    public string Path => self.Path;

    public int Incarnation => incarnation.Number;

    public TimeProvider Time => incarnation.Cell.Time;

    public ActorRef<TChild> Spawn<TChild>(string name, Func<IActorContext<TChild>, IActor<TChild>> create, ActorOptions? options = null) =>
        OnTurn().Cell.Spawn(name, create, options);

    public IDisposable After(TimeSpan delay, TMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return OnTurn().After(delay, message);
    }

    public IDisposable Pipe<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Func<TResult, TMessage> onOk,
        Func<Exception, TMessage> onError
    ) => OnTurn().Pipe(work, result => onOk(result)!, error => onError(error)!);

    public IDisposable Pipe(Func<CancellationToken, Task> work, Func<TMessage> onOk, Func<Exception, TMessage> onError) =>
        Pipe(
            async token =>
            {
                await work(token);
                return true;
            },
            _ => onOk(),
            onError
        );

    public void Watch(ActorRef child, Func<ActorEnded, TMessage> message) => OnTurn().Watch(ChildCell(child), news => message(news)!);

    public void Escalate(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        OnTurn().Escalated ??= fault;
    }

    public void Stop() => OnTurn().Cell.Post(new SystemMessage.Stop(ActorEnd.AskedToStop));

    public void Stop(ActorRef child)
    {
        OnTurn();
        ChildCell(child).Post(new SystemMessage.Stop(ActorEnd.AskedToStop));
    }

    public void Log(string text) => Write(ActorLogKind.Note, text);

    public void Warn(string text) => Write(ActorLogKind.Trouble, text);

    private void Write(ActorLogKind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        incarnation.Cell.Chart.Log(kind, text);
    }

    private Incarnation OnTurn()
    {
        incarnation.Cell.CheckOnTurn(incarnation);
        return incarnation;
    }

    private ActorCell ChildCell(ActorRef child) =>
        child is ICellRef { Cell: var cell } && cell.Parent == incarnation.Cell
            ? cell
            : throw new ArgumentException($"{child} is not a child of {Path}.", nameof(child));
}
