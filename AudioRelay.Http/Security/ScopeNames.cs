namespace AudioRelay.Http.Security;

/// <summary>Scopes as people write them.</summary>
internal static class ScopeNames
{
    private static readonly (AccessScopes Scope, string Name)[] Names =
    [
        (AccessScopes.SyncRead, "sync-read"),
        (AccessScopes.Listen, "listen"),
        (AccessScopes.Admin, "admin"),
    ];

    public static IReadOnlyList<string> Of(AccessScopes scopes) =>
        [.. Names.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Name)];
}
