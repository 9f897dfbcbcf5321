namespace AudioRelay.Media.Hls;

/// <summary>What a media playlist says beside its entries.</summary>
/// <param name="Kind">How it may change.</param>
/// <param name="TargetSeconds">The longest segment, in seconds, from configuration: it must not change while the playlist grows.</param>
/// <param name="UriPrefix">What stands before a segment's id, relative and unescaped: <c>opus-segment/</c>.</param>
/// <param name="UriSuffix">What stands after it: <c>.m4s</c>.</param>
public sealed record MediaPlaylistOptions(PlaylistKind Kind, int TargetSeconds, string UriPrefix, string UriSuffix)
{
    /// <summary>The first entry's media sequence number; null takes the first entry's id (segment ids grow by one).</summary>
    public long? MediaSequence { get; init; }

    /// <summary>The range is over: no entry will follow. A VOD playlist always is.</summary>
    public bool Ended { get; init; }

    /// <summary>Every segment decodes by itself. True for Opus, AAC and FLAC; false for MP3, whose frames borrow bits from earlier ones.</summary>
    public bool IndependentSegments { get; init; } = true;

    /// <summary>Where a player should begin, in seconds from the start (negative: from the end); null leaves it to the player.</summary>
    public double? StartSeconds { get; init; }
}
