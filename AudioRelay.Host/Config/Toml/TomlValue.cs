namespace AudioRelay.Host.Config.Toml;

/// <summary>A value of a TOML document and the place where it begins.</summary>
internal abstract class TomlValue(TomlPosition position)
{
    public TomlPosition Position { get; } = position;

    /// <summary>What a person would call this kind of value, with its article: "a string".</summary>
    public abstract string KindName { get; }
}
