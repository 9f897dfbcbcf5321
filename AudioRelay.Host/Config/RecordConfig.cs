namespace AudioRelay.Host.Config;

/// <summary>What <c>audiorelay record</c> is told.</summary>
internal sealed record RecordConfig
{
    /// <summary>Where the shows' databases are; absolute.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Where everything else is (sockets, control database); absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where it answers HTTP.</summary>
    public ListenConfig Listen { get; init; } = new() { Port = 17000 };

    /// <summary>Most HTTP connections at once.</summary>
    public int MaxConnections { get; init; } = 4000;

    /// <summary>Supervision and queues.</summary>
    public RuntimeConfig Runtime { get; init; } = new();

    /// <summary>The shows; at least one, names unique ignoring case.</summary>
    public required IReadOnlyList<SessionConfig> Sessions { get; init; }
}
