using System.Globalization;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>When a show's store reached a segment.</summary>
/// <param name="Show">The show.</param>
/// <param name="Id">The newest segment there is.</param>
/// <param name="At">The monotonic clock's ticks.</param>
/// <param name="UtcMs">The wall clock.</param>
internal sealed record CommitTime(string Show, long Id, long At, long UtcMs)
{
    /// <summary>Reads what <see cref="Line"/> wrote.</summary>
    public static List<CommitTime> Parse(string line) => [.. line.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(One)];

    /// <summary>Many of them on one line, for another process.</summary>
    public static string Line(IEnumerable<CommitTime> times) =>
        string.Join(';', times.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Show} {t.Id} {t.At} {t.UtcMs}")));

    private static CommitTime One(string text)
    {
        var parts = text.Split(' ');
        var numbers = parts[1..].Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new CommitTime(parts[0], numbers[0], numbers[1], numbers[2]);
    }
}
