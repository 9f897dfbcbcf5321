using AudioRelay.Actors.Running;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Mailbox;

/// <summary>What the runtime tells an actor's cell. Handled before everything else, also while user messages are held back.</summary>
/// <remarks>
/// This queue needs no limit of its own: equal messages are kept once, and each child and each fault contributes at most one of a kind.
/// </remarks>
internal abstract record SystemMessage
{
    private SystemMessage() { }

    /// <summary>Make the first instance.</summary>
    public sealed record Start : SystemMessage;

    /// <summary>A person wants a new instance, now.</summary>
    public sealed record Restart : SystemMessage;

    /// <summary>End for good.</summary>
    public sealed record Stop(ActorEnd End) : SystemMessage;

    /// <summary>From a child: its instance failed, and it waits for a decision.</summary>
    public sealed record ChildFailed(ActorCell Child, int FaultNumber, Exception Error) : SystemMessage;

    /// <summary>From a child: it has ended for good.</summary>
    public sealed record ChildEnded(ActorCell Child, ActorEnded News) : SystemMessage;

    /// <summary>The parent's decision about a fault; void if another fault or a restart came between.</summary>
    public sealed record RestartIn(int FaultNumber, TimeSpan Delay) : SystemMessage;

    /// <summary>The delay of such a decision is over.</summary>
    public sealed record RestartDue(int FaultNumber) : SystemMessage;

    /// <summary>The ending instance's piped work and cleanup have returned, or their time is over.</summary>
    public sealed record WoundDown(int Incarnation) : SystemMessage;
}
