namespace AudioRelay.Host.Config.Toml;

/// <summary>A moment: a date and time with its offset. Kept as written, because the moment may lie outside what <see cref="DateTimeOffset"/> holds.</summary>
internal sealed class TomlOffsetDateTime(TomlPosition position, DateTime local, TimeSpan offset) : TomlValue(position)
{
    public DateTime Local { get; } = local;

    public TimeSpan Offset { get; } = offset;

    public override string KindName => "a date and time";
}
