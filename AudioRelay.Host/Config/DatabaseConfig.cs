namespace AudioRelay.Host.Config;

/// <summary>The PostgreSQL server of a receiver.</summary>
internal sealed record DatabaseConfig
{
    /// <summary><c>postgres://user@host:port</c>. May hold a password, so it is not to be printed.</summary>
    public required Uri Url { get; init; }

    /// <summary>Profile of its password; null: none is needed, or it is in the URL.</summary>
    public string? CredentialProfile { get; init; }

    /// <summary>The middle of the database names <c>save_audio_{prefix}_{show}</c>.</summary>
    public string Prefix { get; init; } = "show";
}
