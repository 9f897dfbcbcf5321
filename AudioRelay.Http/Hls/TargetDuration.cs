namespace AudioRelay.Http.Hls;

/// <summary>The promise that a list makes of its segments (<c>EXT-X-TARGETDURATION</c>): whole seconds, to which each is rounded (RFC 8216 §4.3.3.1).</summary>
internal static class TargetDuration
{
    /// <summary>The least that may be promised of a segment of so many seconds.</summary>
    public static int Of(double seconds) => Math.Max(1, (int)Math.Round(seconds, MidpointRounding.AwayFromZero));
}
