namespace AudioRelay.Storage.Sqlite;

/// <summary>SQL for the rows of a table that begin before an instant and end after it, found through an index over <see cref="SpanClasses"/>.</summary>
/// <remarks>
/// The instant is the parameter <c>?1</c>, which <see cref="SpanClasses.At"/> gives. The indexes are made in <c>0004_ranges.sql</c>.
/// </remarks>
internal static class Spans
{
    private static readonly string Classes = string.Join(", ", Enumerable.Range(1, SpanClasses.Count).Select(digits => $"({digits})"));

    /// <summary>Sections that have ended; what follows <c>from</c>, the table is called <c>x</c>.</summary>
    public static string Sections { get; } = Across("section_facts", "start_us", "end_us", "ended = 1");

    /// <summary>The same of a table with <c>from_us</c> and <c>until_us</c>, of which all rows have an end.</summary>
    public static string Of(string table) => Across(table, "from_us", "until_us", null);

    /// <summary>The same where some have none yet, which are left out.</summary>
    public static string OfEnded(string table) => Across(table, "from_us", "until_us", "until_us is not null");

    /// <param name="table">The table.</param>
    /// <param name="from">Its column of beginnings.</param>
    /// <param name="until">Its column of ends.</param>
    /// <param name="indexed">Which rows the index has; null for all.</param>
    private static string Across(string table, string from, string until, string? indexed) =>
        $"""
            (values {Classes}) c cross join {table} x where {(indexed is null ? "" : $"x.{indexed} and ")}
            length(printf('%x', x.{until} - x.{from})) = c.column1 and x.{from} > ?1 - (1 << (4 * c.column1)) and x.{from} < ?1 and x.{until} > ?1
            """;
}
