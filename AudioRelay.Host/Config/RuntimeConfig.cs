namespace AudioRelay.Host.Config;

/// <summary>The <c>[runtime]</c> table: how actors are supervised and how much may wait. The defaults are right for almost everyone.</summary>
internal sealed record RuntimeConfig
{
    /// <summary>Messages that may wait for an actor.</summary>
    public int MailboxSize { get; init; } = 100;

    /// <summary>The first delay before a failed actor is restarted.</summary>
    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest such delay.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Restarts within <see cref="RestartWindow"/> before the parent is told.</summary>
    public int RestartBudget { get; init; } = 10;

    /// <summary>The time over which restarts are counted.</summary>
    public TimeSpan RestartWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an ordered stop may take.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Recent log lines kept per actor, for <c>actors log</c>.</summary>
    public int LogLines { get; init; } = 50;

    /// <summary>Threads that write to the databases; shows are spread over them.</summary>
    public int StorageThreads { get; init; } = 2;

    /// <summary>How long finished segments of a show may wait for its writer before its section ends with <c>writer_fault</c>.</summary>
    public TimeSpan WriterPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Receivers: how long ownership of a show lasts without being renewed.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Receivers: how often ownership is renewed.</summary>
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Receivers: how often shows without an owner are looked for.</summary>
    public TimeSpan LeaseScan { get; init; } = TimeSpan.FromSeconds(2);
}
