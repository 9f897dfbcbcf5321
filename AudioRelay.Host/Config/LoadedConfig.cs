namespace AudioRelay.Host.Config;

/// <summary>A configuration that passed every check.</summary>
/// <param name="File">The file it came from.</param>
/// <param name="Value">What it says.</param>
/// <param name="Notes">Not errors: keys that have no effect any more, tokens that are short.</param>
internal sealed record LoadedConfig<T>(string File, T Value, IReadOnlyList<ConfigProblem> Notes);
