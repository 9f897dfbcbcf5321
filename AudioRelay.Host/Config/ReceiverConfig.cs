namespace AudioRelay.Host.Config;

/// <summary>What <c>audiorelay receiver</c> is told.</summary>
internal sealed record ReceiverConfig
{
    /// <summary>Where control files, and without <see cref="Database"/> the stores, are; absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where it answers HTTP.</summary>
    public ListenConfig Listen { get; init; } = new() { Port = 18000 };

    /// <summary>The recorders.</summary>
    public required IReadOnlyList<RemoteConfig> Remotes { get; init; }

    /// <summary>The PostgreSQL server; null: embedded SQLite.</summary>
    public DatabaseConfig? Database { get; init; }

    /// <summary>The wanted shows; null: all that the recorders have.</summary>
    public IReadOnlyList<ReceivedShowConfig>? Shows { get; init; }

    /// <summary>Most segments in one pull; it ends earlier at a number of bytes, and at what the recorder gives.</summary>
    public int ChunkSize { get; init; } = 1000;

    /// <summary>How long to wait before a recorder that was away is tried again, and how often an old one is asked for news.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most PostgreSQL connections of this process; null: derived from the server's limit.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Supervision, queues and leases.</summary>
    public RuntimeConfig Runtime { get; init; } = new();
}
