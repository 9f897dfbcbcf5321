using AudioRelay.Http.Security;

namespace AudioRelay.Host.Config.Credentials;

/// <summary>Passwords and tokens by profile: from the environment, from a file that the environment names, or from <c>credentials.toml</c>, in this order.</summary>
internal sealed class CredentialStore(HostEnvironment environment)
{
    private static readonly Dictionary<string, AccessScopes> ScopeNames = new(StringComparer.Ordinal)
    {
        ["sync-read"] = AccessScopes.SyncRead,
        ["listen"] = AccessScopes.Listen,
        ["admin"] = AccessScopes.Admin,
    };

    private readonly Lazy<CredentialFile> file = new(() => CredentialFile.Open(environment), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>What a person should know about the file, if it was read.</summary>
    public IReadOnlyList<ConfigProblem> Notes => file.IsValueCreated && file.Value.PermissionWarning() is { } warning ? [warning] : [];

    /// <summary>The password of a PostgreSQL profile.</summary>
    /// <exception cref="ConfigException">There is none; says where one could be.</exception>
    public Secret PostgresPassword(string profile) =>
        Find($"CRED_POSTGRES_{VariablePart(profile)}_PASSWORD", "postgres", profile, "password");

    /// <summary>The token of a profile.</summary>
    /// <exception cref="ConfigException">There is none; says where one could be.</exception>
    public AccessToken Token(string profile)
    {
        var variable = $"CRED_TOKEN_{VariablePart(profile)}";
        var value = Find(variable, "token", profile, "token");
        var named =
            environment.NonEmpty($"{variable}_SCOPES")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            ?? file.Value.Texts("token", profile, "scopes");
        return new AccessToken(profile, value, named is null ? AccessScopes.All : Scopes(profile, named));
    }

    /// <summary>A profile as it appears in the name of a variable.</summary>
    public static string VariablePart(string profile) =>
        string.Concat(profile.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private AccessScopes Scopes(string profile, IEnumerable<string> names)
    {
        var scopes = AccessScopes.None;
        foreach (var name in names)
        {
            scopes |= ScopeNames.TryGetValue(name, out var scope)
                ? scope
                : throw new ConfigException(
                    file.Value.Path,
                    $"the token '{profile}' has the scope '{name}', which is not known: {string.Join(", ", ScopeNames.Keys)} are"
                );
        }
        return scopes;
    }

    private Secret Find(string variable, string kind, string profile, string key)
    {
        var secret = Look(variable, kind, profile, key);
        environment.Secrets.Learn(secret.Reveal());
        return secret;
    }

    private Secret Look(string variable, string kind, string profile, string key)
    {
        if (environment.NonEmpty(variable) is { } given)
        {
            return new Secret(given);
        }
        if (environment.NonEmpty($"{variable}_FILE") is { } path)
        {
            return new Secret(ReadSecretFile($"{variable}_FILE", environment.FullPath(path)));
        }
        return file.Value.Text(kind, profile, key) is { } stored
            ? new Secret(stored)
            : throw new ConfigException(
                file.Value.Path,
                $"there is no {key} for the profile '{profile}': set {variable} (or {variable}_FILE) in the environment, or write [{kind}.{profile}] with {key} = '…' into this file"
            );
    }

    /// <summary>The file's text without the line end that editors and <c>echo</c> leave.</summary>
    private static string ReadSecretFile(string variable, string path)
    {
        try
        {
            var text = File.ReadAllText(path).TrimEnd('\r', '\n');
            return text.Length > 0 ? text : throw new ConfigException(path, $"it is empty ({variable} names it)");
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(path, $"it cannot be read ({variable} names it): {bad.Message}");
        }
    }
}
