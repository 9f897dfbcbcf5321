using System.Globalization;

namespace AudioRelay.Media.Tests.Hls;

/// <summary>A segment as a player reads it from a playlist.</summary>
internal sealed record ReadSegment(
    long Number,
    long Era,
    string Uri,
    string Length,
    string? Map,
    DateTimeOffset? Wall,
    bool IsBroken,
    bool IsGap
)
{
    public decimal Seconds => decimal.Parse(Length, CultureInfo.InvariantCulture);
}
