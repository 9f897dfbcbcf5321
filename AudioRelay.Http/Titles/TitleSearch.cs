using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Titles;

/// <summary>What titles are asked for.</summary>
/// <param name="Text">Only those with this in them, ignoring case; null for all.</param>
/// <param name="Range">Only those heard in it.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record TitleSearch(string? Text, UtcRange? Range, int Limit)
{
    public const int MostText = 200;
    private const int Usual = 50;
    private const int Most = 500;

    /// <summary>One more than wanted, which tells whether there are more.</summary>
    public TitleQuery Query => new(Range, Containing: Text, Limit: Limit + 1, Descending: true);

    /// <summary>Reads a query; null with the reason in the reader when it cannot be read.</summary>
    public static TitleSearch? Parse(QueryReader query)
    {
        var text = query.Text("q");
        var (from, until, before) = (query.TimeUs("from_us"), query.TimeUs("until_us"), query.TimeUs("before_us"));
        var limit = query.Number("limit") ?? Usual;
        if (query.Fault is not null)
        {
            return null;
        }

        var end = Math.Min(until ?? long.MaxValue, before ?? long.MaxValue);
        UtcRange? range = from is null && end == long.MaxValue ? null : new UtcRange(from ?? long.MinValue, end);
        return new TitleSearch(string.IsNullOrEmpty(text) ? null : text, range, (int)Math.Clamp(limit, 1, Most));
    }
}
