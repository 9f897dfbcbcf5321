namespace AudioRelay.EndToEnd.Kills;

/// <summary>What one kill cost.</summary>
/// <param name="AtUs">When, UTC in µs.</param>
/// <param name="RecordingAgain">From the restart until every show had a new section.</param>
internal sealed record Kill(long AtUs, TimeSpan RecordingAgain)
{
    /// <summary>Sound that had been on the air before the kill and was not kept.</summary>
    public TimeSpan Lost { get; set; }

    /// <summary>All that is missing between the last frame before and the first after it.</summary>
    public TimeSpan Missing { get; set; }

    public override string ToString() =>
        FormattableString.Invariant(
            $"{RecordingAgain.TotalSeconds:0.0} s{(Missing > TimeSpan.Zero ? $" (missing {Missing.TotalSeconds:0.00}, of it lost {Lost.TotalSeconds:0.00})" : "")}"
        );
}
