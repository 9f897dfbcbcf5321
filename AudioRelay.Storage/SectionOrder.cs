namespace AudioRelay.Storage;

/// <summary>The order of a list of sections, in the SQL that both kinds of store speak; <c>section_facts</c> is called <c>f</c>.</summary>
internal static class SectionOrder
{
    /// <summary>The word for the order, and the condition that the list goes on after one of its sections; empty from the first on.</summary>
    /// <param name="query">The list.</param>
    /// <param name="after">The parameter that has <see cref="SectionQuery.After"/>, as the statement writes it.</param>
    public static (string Order, string After) Of(SectionQuery query, string after)
    {
        var (order, above) = query.Descending ? ("desc", "<") : ("asc", ">");
        return query.After is null
            ? (order, "")
            : (
                order,
                // One that retention has removed meanwhile began when its id says.
                $"and (f.start_us, f.section_id) {above} "
                    + $"(coalesce((select start_us from section_facts where section_id = {after}), {after}), {after})"
            );
    }
}
