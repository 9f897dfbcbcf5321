namespace AudioRelay.Http.Security;

/// <summary>A configured token, without itself.</summary>
/// <param name="Name">What it is called: its profile.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="LastUsedUs">When it was used last, UTC µs; null for not since the program began.</param>
public sealed record TokenUse(string Name, IReadOnlyList<string> Scopes, long? LastUsedUs);
