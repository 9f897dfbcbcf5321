namespace AudioRelay.Benchmarks.Reporting;

/// <summary>One figure.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">What we have.</param>
/// <param name="Against">What was measured in the same run to compare with; empty when there is nothing.</param>
/// <param name="Ratio">Ours divided by theirs; null when there is nothing to compare with.</param>
/// <param name="Aim">What we want; empty for no aim.</param>
/// <param name="Met">Whether we have it; null without an aim.</param>
internal sealed record ResultRow(string What, string Ours, string Against = "", double? Ratio = null, string Aim = "", bool? Met = null)
{
    /// <summary>Ours over theirs, where less is better.</summary>
    public static ResultRow AtMost(string what, string ours, string against, double ratio, double? limit) =>
        new(what, ours, against, ratio, limit is null ? "" : $"<= {limit:0.0#} x", limit is null ? null : ratio <= limit);
}
