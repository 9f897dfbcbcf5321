namespace AudioRelay.Streams.Capture;

/// <summary>What can be set for the station's half of a capture. The defaults are the design's.</summary>
public sealed record StationCaptureOptions
{
    /// <summary>Take the station's Date header for the true time (<c>clock = "station"</c>), on machines without NTP.</summary>
    public bool TrustStationClock { get; init; }

    /// <summary>How long a section waits for a connection that continues it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time a burst is taken for one.</summary>
    public TimeSpan LongestBurst { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most bytes of frames kept while it is not yet known whether they continue the section.</summary>
    public int MostUndecidedBytes { get; init; } = 1024 * 1024;
}
