namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// SQL for the rows of a table that begin before an instant and end after it, found through an index over the class of their length and their
/// beginning: of a class only those can reach the instant that begin less than its greatest length before it. A class is a number of hexadecimal
/// digits of the length in µs, so there are few to ask.
/// </summary>
/// <remarks>The instant is the parameter <c>?1</c>, which <see cref="At"/> gives. The index is made in <c>0004_ranges.sql</c>.</remarks>
internal static class Spans
{
    /// <summary>So many years that nothing is longer, and so few that sums stay within 64 bits.</summary>
    private const int Digits = 15;

    private static readonly string Classes = string.Join(", ", Enumerable.Range(1, Digits).Select(digits => $"({digits})"));

    /// <summary>What follows <c>from</c>; the table is called <c>x</c>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="from">Its column of beginnings.</param>
    /// <param name="until">Its column of ends.</param>
    /// <param name="indexed">Which rows the index has; null for all.</param>
    public static string Across(string table, string from, string until, string? indexed) =>
        $"""
            (values {Classes}) c cross join {table} x where {(indexed is null ? "" : $"x.{indexed} and ")}
            length(printf('%x', x.{until} - x.{from})) = c.column1 and x.{from} > ?1 - (1 << (4 * c.column1)) and x.{from} < ?1 and x.{until} > ?1
            """;

    /// <summary>Before everything, and still so that a length can be taken off.</summary>
    public const long Earliest = -1L << (4 * Digits);

    /// <summary>The instant as it is to be bound.</summary>
    public static long At(long utcUs) => Math.Max(utcUs, Earliest);
}
