namespace AudioRelay.Host.Config.Reading;

/// <summary>Where a key belongs that was found in the wrong place; in TOML everything after a header belongs to its table.</summary>
internal static class KeyHomes
{
    private const string Top = "at the top of the file, before the first [table]";
    private const string Session = "in [[sessions]]";

    private static readonly Dictionary<string, string> Homes = new(StringComparer.Ordinal)
    {
        ["config_type"] = Top,
        ["output_dir"] = Top,
        ["data_dir"] = Top,
        ["api_port"] = $"{Top}, of a record configuration",
        ["port"] = $"{Top}, of a receiver configuration (a recorder's is called api_port)",
        ["listen"] = Top,
        ["token_profile"] = Top,
        ["allow_anonymous"] = Top,
        ["allowed_hosts"] = Top,
        ["trusted_proxies"] = Top,
        ["tls_cert"] = Top,
        ["tls_key"] = Top,
        ["max_connections"] = Top,
        ["sessions"] = "in a record configuration",
        ["remotes"] = "in a receiver configuration",
        ["remote_url"] = "in a receiver configuration",
        ["database"] = "in a receiver configuration",
        ["shows"] = "in a receiver configuration",
        ["record_start"] = "in [sessions.schedule]",
        ["record_end"] = "in [sessions.schedule]",
        ["url"] = Session,
        ["name"] = Session,
        ["schedule"] = Session,
        ["audio_format"] = Session,
        ["bitrate"] = Session,
        ["split_interval"] = Session,
        ["retention_hours"] = Session,
        ["storage_format"] = Session,
        ["decoder"] = Session,
        ["clock"] = Session,
        ["complexity"] = Session,
        ["mailbox_size"] = "in [runtime]",
        ["password"] = "in credentials.toml, never here",
        ["token"] = "in credentials.toml, never here",
    };

    public static string? Of(string key) => Homes.GetValueOrDefault(key);
}
