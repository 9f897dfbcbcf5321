namespace AudioRelay.Host.Config.Toml;

/// <summary>Text, escapes resolved.</summary>
internal sealed class TomlString(TomlPosition position, string value) : TomlValue(position)
{
    public string Value { get; } = value;

    public override string KindName => "a string";
}
