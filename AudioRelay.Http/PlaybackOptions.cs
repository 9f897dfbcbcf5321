namespace AudioRelay.Http;

/// <summary>What a host decides about playback.</summary>
public sealed record PlaybackOptions
{
    /// <summary>Anybody may listen, so shared caches may keep sound too. Otherwise answers are private to who asked.</summary>
    public bool Anonymous { get; init; }

    /// <summary>A folder with a built web UI to serve instead of the one inside; null for the one inside.</summary>
    public string? UiFolder { get; init; }

    /// <summary>Most bytes of segments kept in memory, over all shows, so that many listeners of one moment cost one read of the store.</summary>
    public long SegmentCacheBytes { get; init; } = 64 * 1024 * 1024;
}
