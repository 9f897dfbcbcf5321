using AudioRelay.Actors.Inspection;

namespace AudioRelay.Http.Admin;

/// <summary>An actor as the admin routes show it.</summary>
/// <param name="Path">Where it stands in the tree.</param>
/// <param name="Type">The name of its class.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="State">What it said of itself after its last message.</param>
/// <param name="Handling">The message it is busy with; left out when idle.</param>
/// <param name="HandlingMs">For how long.</param>
/// <param name="Queue">Messages waiting.</param>
/// <param name="QueueCapacity">Messages that may wait.</param>
/// <param name="OldestWaitingMs">How long the oldest has waited.</param>
/// <param name="Handled">Messages handled since it was spawned.</param>
/// <param name="Rejected">Messages refused because the mailbox was full.</param>
/// <param name="Pending">Timers and tasks outstanding.</param>
/// <param name="Restarts">Restarts since it was spawned.</param>
/// <param name="RestartAt">When its next instance is due.</param>
/// <param name="LastFault">Its last fault, in one line.</param>
/// <param name="LastFaultAt">When that was.</param>
/// <param name="Children">The actors below it; left out where only one was asked for.</param>
public sealed record ActorAnswer(
    string Path,
    string Type,
    ActorStatus Status,
    string State,
    string? Handling,
    long HandlingMs,
    int Queue,
    int QueueCapacity,
    long OldestWaitingMs,
    long Handled,
    long Rejected,
    int Pending,
    int Restarts,
    DateTimeOffset? RestartAt,
    string? LastFault,
    DateTimeOffset? LastFaultAt,
    IReadOnlyList<ActorAnswer>? Children
)
{
    /// <summary>One actor alone.</summary>
    public static ActorAnswer Of(ActorSnapshot actor, IReadOnlyList<ActorAnswer>? children = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new(
            actor.Path,
            actor.Type,
            actor.Status,
            actor.State,
            actor.Handling,
            (long)actor.HandlingFor.TotalMilliseconds,
            actor.QueueDepth,
            actor.QueueCapacity,
            (long)actor.OldestWaiting.TotalMilliseconds,
            actor.Handled,
            actor.Rejected,
            actor.Pending,
            actor.Restarts,
            actor.RestartAt,
            actor.LastFault?.Text,
            actor.LastFault?.At,
            children
        );
    }

    /// <summary>An actor with everything below it.</summary>
    public static ActorAnswer Of(ActorNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Of(node.Snapshot, [.. node.Children.Select(Of)]);
    }
}
