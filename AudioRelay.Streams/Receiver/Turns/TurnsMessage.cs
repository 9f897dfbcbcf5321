using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Shows;

namespace AudioRelay.Streams.Receiver.Turns;

/// <summary>What the one who gives out turns understands.</summary>
internal abstract record TurnsMessage
{
    private TurnsMessage() { }

    /// <summary>A show has something to pull.</summary>
    public sealed record Want(ActorRef<ShowSyncMessage> Show) : TurnsMessage;

    /// <summary>A show's turn is over, or it does not want one any more.</summary>
    /// <param name="Path">The show's actor.</param>
    public sealed record Done(string Path) : TurnsMessage;
}
