namespace AudioRelay.EndToEnd.Support;

/// <summary>A <c>[[sessions]]</c> table.</summary>
/// <param name="Name">The show.</param>
/// <param name="Url">Its station.</param>
/// <param name="Format"><c>audio_format</c>.</param>
/// <param name="Split"><c>split_interval</c>.</param>
/// <param name="Bitrate">Null for the default.</param>
internal sealed record ShowLines(string Name, Uri Url, string Format, int Split = 1, int? Bitrate = null)
{
    /// <summary>Further lines, as they are.</summary>
    public string More { get; init; } = "";

    public override string ToString() =>
        $"""
            [[sessions]]
            name = '{Name}'
            url = '{Url}'
            audio_format = '{Format}'
            split_interval = {Split}
            {(Bitrate is { } b ? $"bitrate = {b}" : "")}
            {More}

            """;
}
