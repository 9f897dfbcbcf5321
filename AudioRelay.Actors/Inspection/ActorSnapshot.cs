namespace AudioRelay.Actors.Inspection;

/// <summary>What the runtime knows about an actor without asking it, so that a stuck one can be seen too.</summary>
/// <param name="Path">Where it stands in the tree.</param>
/// <param name="Type">The name of its class; of its messages, until it has an instance.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="State">What it said of itself after its last message.</param>
/// <param name="Handling">The message it is busy with; null when idle.</param>
/// <param name="HandlingSince">Since when; null when idle.</param>
/// <param name="HandlingFor">For how long; zero when idle.</param>
/// <param name="QueueDepth">Messages waiting, counted by the mailbox itself.</param>
/// <param name="QueueCapacity">Messages that may wait.</param>
/// <param name="OldestWaiting">How long the oldest has waited.</param>
/// <param name="Handled">Messages handled since it was spawned.</param>
/// <param name="Rejected">Messages refused since it was spawned.</param>
/// <param name="Pending">Timers and piped tasks outstanding.</param>
/// <param name="Restarts">Restarts since it was spawned.</param>
/// <param name="RestartAt">When its next instance is due, while it waits for one.</param>
/// <param name="LastFault">Its last fault.</param>
/// <param name="Children">The names of its children, in the order of their names.</param>
public sealed record ActorSnapshot(
    string Path,
    string Type,
    ActorStatus Status,
    string State,
    string? Handling,
    DateTimeOffset? HandlingSince,
    TimeSpan HandlingFor,
    int QueueDepth,
    int QueueCapacity,
    TimeSpan OldestWaiting,
    long Handled,
    long Rejected,
    int Pending,
    int Restarts,
    DateTimeOffset? RestartAt,
    ActorFault? LastFault,
    IReadOnlyList<string> Children
);
