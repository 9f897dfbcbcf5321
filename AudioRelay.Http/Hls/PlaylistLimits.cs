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

    /// <summary>
    /// How long a range that has just ended is still written as one that grew, with its end: who follows it must see nothing but an
    /// addition. After that nobody follows it any more and it is a finished range like others.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    public const string FinishedText = "7 days";
    public const string GrowingText = "6 hours";

    public static long Us(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
