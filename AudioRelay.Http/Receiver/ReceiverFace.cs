using AudioRelay.Storage.Control;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Http.Receiver;

/// <summary>What a receiver shows over HTTP beside its shows.</summary>
/// <param name="Board">How its sync stands.</param>
/// <param name="SyncNow">Asks every recorder now; false when everything was being pulled already.</param>
/// <param name="Control">Its bookmarks; not owned.</param>
public sealed record ReceiverFace(SyncBoard Board, Func<bool> SyncNow, IControlStore Control)
{
    /// <summary>The face of a running receiver.</summary>
    public static ReceiverFace Of(ReceiverService receiver, IControlStore control)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return new ReceiverFace(receiver.Board, receiver.SyncNow, control);
    }
}
