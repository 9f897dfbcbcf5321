namespace AudioRelay.Http.Hls;

/// <summary>How much a playlist may hold.</summary>
internal static class PlaylistLimits
{
    /// <summary>A finished range.</summary>
    public static readonly TimeSpan Finished = TimeSpan.FromDays(7);

    /// <summary>A growing one: players read all of it again each time.</summary>
    public static readonly TimeSpan Growing = TimeSpan.FromHours(6);

    /// <summary>The sliding window.</summary>
    public static readonly TimeSpan Live = TimeSpan.FromMinutes(30);

    public const string FinishedText = "7 days";
    public const string GrowingText = "6 hours";

    public static long Us(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
