namespace AudioRelay.Storage.Postgres;

/// <summary>SQL for the rows of a table that begin before an instant and end after it, found through an index over <see cref="SpanClasses"/>.</summary>
/// <remarks>
/// The instant is the parameter <c>$1</c>, which <see cref="SpanClasses.At"/> gives. The indexes are made in <c>0002_ranges.sql</c>.
/// </remarks>
internal static class Spans
{
    /// <summary>Sections; what follows <c>from</c>, the table is called <c>x</c>.</summary>
    public static string Sections { get; } = Across("section_facts", "start_us", "end_us", "span");

    /// <summary>The same of a table with <c>from_us</c> and <c>until_us</c>; without an end there is no length.</summary>
    public static string Of(string table) => Across(table, "from_us", "until_us", "length(to_hex(until_us - from_us))");

    private static string Across(string table, string from, string until, string length) =>
        $"""
            generate_series(1, {SpanClasses.Count}) c (digits) cross join lateral (
                select * from {table} where {length} = c.digits and {from} > $1 - (1::bigint << (4 * c.digits)) and {from} < $1 and {until} > $1
            ) x
            """;
}
