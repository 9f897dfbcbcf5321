namespace AudioRelay.Http.Security.Links;

/// <summary>What <c>POST …/link</c> answers.</summary>
/// <param name="UrlPrefix">Put the playlist's name behind it, and give it to a player that cannot send headers. Relative to where the web UI's page is, so that it is right behind any proxy.</param>
/// <param name="ExpiresUs">Until when it opens anything, UTC µs.</param>
public sealed record LinkAnswer(string UrlPrefix, long ExpiresUs);
