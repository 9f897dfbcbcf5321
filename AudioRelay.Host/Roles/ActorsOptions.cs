namespace AudioRelay.Host.Roles;

/// <summary>What <c>audiorelay actors</c> was asked.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Path">The actor, such as <c>/recorder/shows/morning</c>; null for all.</param>
/// <param name="Json">Print JSON.</param>
/// <param name="DataDirectory">The data directory of the running program: its sockets are below <c>run/</c>.</param>
/// <param name="Url">The running program over TCP instead; null: by its socket.</param>
/// <param name="TokenProfile">The token to send over TCP.</param>
internal sealed record ActorsOptions(ActorsVerb Verb, string? Path, bool Json, string DataDirectory, Uri? Url, string? TokenProfile);
