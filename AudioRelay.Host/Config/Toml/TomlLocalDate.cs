namespace AudioRelay.Host.Config.Toml;

/// <summary>A calendar day.</summary>
internal sealed class TomlLocalDate(TomlPosition position, DateOnly value) : TomlValue(position)
{
    public DateOnly Value { get; } = value;

    public override string KindName => "a date";
}
