namespace AudioRelay.Host.Config.Credentials;

/// <summary>A token and what it opens.</summary>
internal sealed record AccessToken(string Profile, Secret Value, TokenScopes Scopes);
