using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Receiver.Remotes;
using AudioRelay.Streams.Receiver.Turns;

namespace AudioRelay.Streams.Receiver;

/// <summary>The root of the receiver's tree: the recorders, and the turns of pulling that they share.</summary>
/// <remarks>
/// One show's or one recorder's fault stays its own, however often it comes. A fault of the parents is one of ours that nobody here could
/// mend: it ends the process, where whoever started it sees it.
/// </remarks>
internal sealed class ReceiverActor : IActor<ReceiverMessage>
{
    /// <summary>For what the receiver cannot go on without.</summary>
    public static ActorOptions Vital { get; } = new() { Supervision = new SupervisionPolicy { Decide = static _ => Directive.Escalate } };

    private readonly ReceiverTree _tree;

    public ReceiverActor(IActorContext<ReceiverMessage> self, ReceiverTree tree)
    {
        _tree = tree;
        tree.Turns = self.Spawn<TurnsMessage>(
            "turns",
            _ => new TurnsActor(tree.Parts.ParallelPulls, tree.TurnQueue),
            Vital with
            {
                MailboxCapacity = TurnsActor.Mailbox,
            }
        );
        self.Spawn<RemotesMessage>("remotes", context => new RemotesActor(context, tree), Vital);
    }

    /// <inheritdoc/>
    public void Receive(ReceiverMessage message) { }

    /// <inheritdoc/>
    public string Describe() => $"recorders: {_tree.Plans.Count}";
}
