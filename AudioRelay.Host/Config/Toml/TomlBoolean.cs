namespace AudioRelay.Host.Config.Toml;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class TomlBoolean(TomlPosition position, bool value) : TomlValue(position)
{
    public bool Value { get; } = value;

    public override string KindName => "true or false";
}
