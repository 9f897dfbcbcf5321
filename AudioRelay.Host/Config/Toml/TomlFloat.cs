namespace AudioRelay.Host.Config.Toml;

/// <summary>A floating-point number; infinities and not-a-number are legal.</summary>
internal sealed class TomlFloat(TomlPosition position, double value) : TomlValue(position)
{
    public double Value { get; } = value;

    public override string KindName => "a number with a fraction";
}
