namespace AudioRelay.Http.Security.SignIn;

/// <summary>What <c>/api/session</c> answers: who one is here.</summary>
/// <param name="SignedIn">Somebody is known: by cookie or by token.</param>
/// <param name="TokenNeeded">Tokens are asked for here; false: everybody may listen, and there is nothing to sign in to.</param>
/// <param name="Name">What the token is called; null when nobody is known.</param>
/// <param name="Scopes">What one may do: <c>listen</c>, <c>sync-read</c>, <c>admin</c>.</param>
/// <param name="ExpiresUs">Until when the cookie lasts if one does not come back, UTC µs; null without one.</param>
public sealed record SessionAnswer(bool SignedIn, bool TokenNeeded, string? Name, IReadOnlyList<string> Scopes, long? ExpiresUs);
