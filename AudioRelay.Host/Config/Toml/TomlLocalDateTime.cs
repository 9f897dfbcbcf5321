namespace AudioRelay.Host.Config.Toml;

/// <summary>A date and time without an offset: not a moment.</summary>
internal sealed class TomlLocalDateTime(TomlPosition position, DateTime value) : TomlValue(position)
{
    public DateTime Value { get; } = value;

    public override string KindName => "a date and time";
}
