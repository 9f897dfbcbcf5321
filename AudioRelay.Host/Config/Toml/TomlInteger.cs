namespace AudioRelay.Host.Config.Toml;

/// <summary>A whole number of 64 bits.</summary>
internal sealed class TomlInteger(TomlPosition position, long value) : TomlValue(position)
{
    public long Value { get; } = value;

    public override string KindName => "a whole number";
}
