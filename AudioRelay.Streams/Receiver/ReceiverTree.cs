using System.Collections.Immutable;
using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Remotes;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Receiver.Turns;

namespace AudioRelay.Streams.Receiver;

/// <summary>What outlives every actor of a receiver: whoever is restarted finds here what was open, and goes on with it.</summary>
/// <param name="parts">What all shows share.</param>
/// <param name="plans">The recorders.</param>
/// <param name="roster">The open stores.</param>
/// <param name="board">How everything stands.</param>
internal sealed class ReceiverTree(ReceiverParts parts, IReadOnlyList<RemotePlan> plans, ReceiverRoster roster, SyncBoard board)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ActorRef<TurnsMessage>? _turns;
    private ImmutableDictionary<string, ActorRef<RemoteMessage>> _remotes = ImmutableDictionary<string, ActorRef<RemoteMessage>>.Empty;

    public ReceiverParts Parts => parts;

    public IReadOnlyList<RemotePlan> Plans => plans;

    public ReceiverRoster Roster => roster;

    public SyncBoard Board => board;

    /// <summary>Completes when every recorder has an address.</summary>
    public Task Started => _started.Task;

    /// <summary>Gives out turns of pulling.</summary>
    public ActorRef<TurnsMessage> Turns
    {
        get => _turns ?? throw new InvalidOperationException("The receiver has not started.");
        set => _turns = value;
    }

    /// <summary>Whether somebody waits for a turn.</summary>
    public TurnQueue TurnQueue { get; } = new();

    /// <summary>The recorders, by name.</summary>
    public IReadOnlyDictionary<string, ActorRef<RemoteMessage>> Remotes => Volatile.Read(ref _remotes);

    /// <summary>True for a recorder of the configuration.</summary>
    public bool IsConfigured(string remote) => plans.Any(plan => plan.Name == remote);

    /// <summary>The recorders have been spawned.</summary>
    public void Begin(IReadOnlyDictionary<string, ActorRef<RemoteMessage>> remotes)
    {
        Volatile.Write(ref _remotes, remotes.ToImmutableDictionary());
        _started.TrySetResult();
    }
}
