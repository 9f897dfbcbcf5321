namespace AudioRelay.Host.Config.Toml;

/// <summary>A time of day.</summary>
internal sealed class TomlLocalTime(TomlPosition position, TimeOnly value) : TomlValue(position)
{
    public TimeOnly Value { get; } = value;

    public override string KindName => "a time of day";
}
