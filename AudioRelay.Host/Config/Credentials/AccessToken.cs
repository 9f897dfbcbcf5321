using AudioRelay.Http.Security;

namespace AudioRelay.Host.Config.Credentials;

/// <summary>A token and what it opens.</summary>
internal sealed record AccessToken(string Profile, Secret Value, AccessScopes Scopes);
