namespace AudioRelay.Host.Config.Toml;

/// <summary>The text is not TOML. Says where, and what would have been.</summary>
internal sealed class TomlException(TomlPosition position, string problem) : Exception($"{position}: {problem}")
{
    public TomlPosition Position { get; } = position;

    public string Problem { get; } = problem;
}
