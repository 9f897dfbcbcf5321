using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors;

/// <summary>How one actor is run.</summary>
public sealed record ActorOptions
{
    /// <summary>Messages that may wait; further ones are refused. Mailboxes carry control, so a full one is a sign of trouble.</summary>
    public int MailboxCapacity { get; init; } = 100;

    /// <summary>Timers and piped tasks that may be outstanding at once; one more is a fault of the actor.</summary>
    public int MaxPending { get; init; } = 256;

    /// <summary>How long an ending instance's piped work, and then its cleanup, may each take before the runtime goes on without and says so.</summary>
    public TimeSpan EndLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How its parent supervises it.</summary>
    public SupervisionPolicy Supervision { get; init; } = SupervisionPolicy.Default;
}
