using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Hls;

/// <summary>What a playlist is asked to hold.</summary>
internal abstract record PlaylistRange
{
    private PlaylistRange() { }

    /// <summary>From one segment to another, or on to whatever comes.</summary>
    public sealed record Ids(long Start, long? End) : PlaylistRange;

    /// <summary>What overlaps a stretch of time, UTC µs.</summary>
    public sealed record Times(long FromUs, long ToUs) : PlaylistRange;

    /// <summary>One section.</summary>
    public sealed record Section(long Id) : PlaylistRange;

    /// <summary>The newest half hour, sliding.</summary>
    public sealed record Live : PlaylistRange;

    /// <summary>The newest seven days.</summary>
    public sealed record Newest : PlaylistRange;

    /// <summary>What is said of a query that <see cref="Parse"/> could not read.</summary>
    public static ProblemHttpResult Refuse(QueryReader query) => Problems.Bad(query.Fault ?? "'from_ms' and 'to_ms' belong together.");

    /// <summary>Reads a query; null with the reason in the reader when it cannot be read.</summary>
    public static PlaylistRange? Parse(QueryReader query)
    {
        var (start, end) = (query.Number("start_id"), query.Number("end_id"));
        var (from, to) = (query.TimeMs("from_ms"), query.TimeMs("to_ms"));
        var section = query.Number("section_id");
        var live = query.Flag("live");
        if (query.Fault is not null)
        {
            return null;
        }

        return live ? new Live()
            : section is not null ? new Section(section.Value)
            : from is not null && to is not null ? new Times(Storage.Times.ToUs(from.Value), Storage.Times.ToUs(to.Value))
            : from is not null || to is not null ? null
            : start is not null || end is not null ? new Ids(start ?? 1, end)
            : new Newest();
    }
}
