namespace AudioRelay.Actors.Running;

/// <summary>An address that leads to a cell, whatever its messages.</summary>
internal interface ICellRef
{
    ActorCell Cell { get; }
}
