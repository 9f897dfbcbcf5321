using AudioRelay.Actors;

namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>The parent of all recorders.</summary>
internal sealed class RemotesActor : IActor<RemotesMessage>
{
    public RemotesActor(IActorContext<RemotesMessage> self, ReceiverTree tree)
    {
        // Never given up: the backoff's cap is what limits the trouble that one recorder makes.
        var options = tree.Parts.Actors with
        {
            Supervision = tree.Parts.Actors.Supervision with { MaxRestarts = int.MaxValue },
        };
        tree.Begin(
            tree.Plans.ToDictionary(
                plan => plan.Name,
                plan => self.Spawn<RemoteMessage>(plan.Name, context => new RemoteActor(context, tree, plan), options),
                StringComparer.Ordinal
            )
        );
    }

    /// <inheritdoc/>
    public void Receive(RemotesMessage message) { }
}
