namespace AudioRelay.Host.Config.Reading;

/// <summary>The PostgreSQL server: a <c>[database]</c> table, or the flat keys of older files.</summary>
internal static class DatabaseReader
{
    private const string Expected = "an address such as postgres://user@localhost:5432";
    private const string Meaning = "the PostgreSQL server, such as 'postgres://user@localhost:5432', without the password";
    private static readonly string[] Schemes = ["postgres", "postgresql"];
    private static readonly string[] FlatKeys = ["postgres_url", "credential_profile", "database_prefix"];

    /// <summary>Null when no database is configured.</summary>
    public static DatabaseConfig? Read(TableReader top)
    {
        var table = top.Table("database");
        var flat = FlatKeys.Where(top.Has).ToList();
        foreach (var key in FlatKeys)
        {
            top.Value(key);
        }
        if (table is not null && flat.Count > 0)
        {
            top.Diagnostics.Error(top.PositionOf(flat[0]), $"'{flat[0]}' is the older way to say what [database] says: use one of them");
        }
        if (table is not null)
        {
            var database = ReadKeys(table, "url", "credential_profile", "prefix");
            table.RefuseTheRest();
            return database;
        }
        return flat.Count > 0 ? ReadKeys(top, "postgres_url", "credential_profile", "database_prefix") : null;
    }

    private static DatabaseConfig? ReadKeys(TableReader table, string urlKey, string profileKey, string prefixKey)
    {
        var url = UrlReader.Read(table, urlKey, Meaning, Schemes, Expected);
        var profile = table.Text(profileKey);
        var prefix = table.Text(prefixKey) ?? "show";
        if (!prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            table.Diagnostics.Error(table.PositionOf(prefixKey), $"'{prefixKey}' = '{prefix}' may have only letters, digits, '_' and '-'");
        }
        if (url?.UserInfo.Contains(':') == true)
        {
            table.Diagnostics.Note(
                table.PositionOf(urlKey),
                "a password is safer in credentials.toml or the environment than in this file"
            );
        }
        return url is null
            ? null
            : new DatabaseConfig
            {
                Url = url,
                CredentialProfile = profile,
                Prefix = prefix,
            };
    }
}
