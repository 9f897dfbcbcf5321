namespace AudioRelay.Storage.Postgres;

/// <summary>Where a receiver's PostgreSQL is and how it is used.</summary>
public sealed record PostgresOptions
{
    /// <summary>
    /// <c>postgres://user@host:port?sslmode=…</c>. The path is not looked at; of the query the parameters of libpq are understood that say how to
    /// connect. May hold a password.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>The user's password; null: the one of the URL, or none.</summary>
    public string? Password { get; init; }

    /// <summary>The middle of the database names <c>save_audio_{prefix}_{show}</c>.</summary>
    public string Prefix { get; init; } = "show";

    /// <summary>Most connections of this process, to all its databases together; null: half of what the server has for ordinary users.</summary>
    public int? MaxConnections { get; init; }
}
