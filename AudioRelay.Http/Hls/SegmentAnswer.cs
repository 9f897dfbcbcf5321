namespace AudioRelay.Http.Hls;

/// <summary>A segment ready to be sent, or why there is none.</summary>
/// <param name="Body">As a player takes it; empty when there is none.</param>
/// <param name="Tag">Its entity tag, unquoted.</param>
/// <param name="Mark">Its <see cref="SegmentMark"/>.</param>
/// <param name="Refusal">Why there is none; null when there is one.</param>
internal sealed record SegmentAnswer(byte[] Body, string Tag, string Mark, PlaylistRefusal? Refusal = null)
{
    /// <summary>The tag as it stands in a header.</summary>
    public string QuotedTag { get; } = $"\"{Tag}\"";

    /// <summary>The query that names it.</summary>
    public string Query { get; } = SegmentMark.QueryOf(Mark);

    public static SegmentAnswer Refused(PlaylistRefusal refusal) => new([], "", "", refusal);
}
