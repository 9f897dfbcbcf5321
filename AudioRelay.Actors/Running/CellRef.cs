using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>The address of a living actor.</summary>
internal sealed class CellRef<TMessage>(ActorCell cell) : ActorRef<TMessage>(cell.Path, cell.Time), ICellRef
{
    public ActorCell Cell => cell;

    public override Task<ActorEnded> Ended => cell.Ended;

    public override bool Tell(TMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return cell.Tell(message);
    }
}
