namespace AudioRelay.TestKit.Postgres;

/// <summary>How a test's server is set up.</summary>
/// <param name="Fsync">
/// Whether commits reach the disk. Not needed to survive SIGKILL, which loses nothing that was written; it is for measurements.
/// </param>
/// <param name="MaxConnections">The server's <c>max_connections</c>.</param>
public sealed record PostgresSettings(bool Fsync = false, int MaxConnections = 100)
{
    /// <summary>Any other settings, as in <c>postgresql.conf</c>.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
