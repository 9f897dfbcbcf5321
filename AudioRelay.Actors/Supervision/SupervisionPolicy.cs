namespace AudioRelay.Actors.Supervision;

/// <summary>How a parent supervises one child.</summary>
public sealed record SupervisionPolicy
{
    /// <summary>Restart whatever the fault; 10 restarts in 10 minutes with growing delays, then escalate.</summary>
    public static SupervisionPolicy Default { get; } = new();

    /// <summary>The decision for each fault. Runs on the parent's turn, so it may look at the parent's state; if it throws, the fault is escalated.</summary>
    public Func<Exception, Directive> Decide { get; init; } = static _ => Directive.Restart;

    /// <summary>The delay before each restart, by the number of faults within <see cref="Window"/>.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), 0.2);

    /// <summary>Restarts allowed within <see cref="Window"/>.</summary>
    public int MaxRestarts { get; init; } = 10;

    /// <summary>What a fault beyond them comes to: <see cref="Directive.Escalate"/>, or <see cref="Directive.Stop"/> where siblings must not suffer.</summary>
    public Directive WhenSpent { get; init; } = Directive.Escalate;

    /// <summary>The time over which faults are counted. One window without a fault gives back the whole budget and the shortest delay.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);
}
