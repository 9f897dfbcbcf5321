namespace AudioRelay.Http.Security;

/// <summary>A token and what it opens. Its text shows no token.</summary>
/// <param name="Token">The token itself.</param>
/// <param name="Scopes">What it opens.</param>
public sealed record TokenGrant(string Token, AccessScopes Scopes)
{
    /// <inheritdoc />
    public override string ToString() => $"a token for {Scopes}";
}
