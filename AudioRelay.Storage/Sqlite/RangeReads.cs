using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Reads that are made of several queries, the same for every kind of file.</summary>
internal static class RangeReads
{
    public static IReadOnlyList<SegmentInfo> Segments(Database database, IShowQueries queries, SegmentQuery query)
    {
        var (from, to) = (query.FromId ?? 0, query.ToId ?? long.MaxValue);
        if (query.SectionId is { } sectionId)
        {
            if (queries.Section(database, sectionId) is not { FirstSegmentId: { } first, LastSegmentId: { } last })
            {
                return [];
            }

            (from, to) = (Math.Max(from, first), Math.Min(to, last));
        }

        if (query.Overlapping is not { } range)
        {
            return [.. queries.Segments(database, from, to, query.SectionId, query.Limit ?? -1, query.WithHashes)];
        }

        var found = new List<SegmentInfo>();
        foreach (var part in Resolve(database, queries, range).Where(p => query.SectionId is null || p.Section.Id == query.SectionId))
        {
            var left = query.Limit is { } limit ? limit - found.Count : -1;
            var (first, last) = (Math.Max(from, part.FirstSegmentId), Math.Min(to, part.LastSegmentId));
            found.AddRange(queries.Segments(database, first, last, part.Section.Id, left, query.WithHashes));
        }

        return found;
    }

    public static WallMap? MapOf(Database database, IShowQueries queries, SectionInfo section)
    {
        var anchors = queries.Anchors(database, section);
        return anchors.Count == 0 ? null : new WallMap(section.Rate, anchors);
    }

    public static IReadOnlyList<RangePart> Resolve(Database database, IShowQueries queries, UtcRange range)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var parts = new List<RangePart>();
        foreach (var section in queries.Sections(database, new SectionQuery(range)))
        {
            if (MapOf(database, queries, section) is not { } map)
            {
                continue;
            }

            var from = Math.Clamp(map.SampleAt(range.FromUs), 0, section.Samples);
            var until = Math.Clamp(map.SampleAt(range.UntilUs), 0, section.Samples);
            if (until > from)
            {
                var first = queries.SegmentAt(database, section, from);
                var last = queries.SegmentAt(database, section, until - 1);
                parts.Add(new RangePart(section, from, until, first, last));
            }
        }

        return parts;
    }

    public static ShowTimeline Timeline(Database database, IShowQueries queries, UtcRange range)
    {
        if (range.IsEmpty)
        {
            return new ShowTimeline(range, [], [], []);
        }

        // What has not been pulled yet is not a gap.
        var known = range with
        {
            UntilUs = Math.Min(range.UntilUs, queries.KnownUntilUs(database) ?? long.MaxValue),
        };
        var windows = Intervals.Clip(
            queries.Windows(database, range).Select(w => new UtcRange(w.FromUs, w.UntilUs ?? range.UntilUs)),
            known
        );
        var coverage = Intervals.Clip(
            queries
                .Sections(database, new SectionQuery(range))
                .SelectMany(s => MapOf(database, queries, s)?.Cover(0, s.Samples) ?? [s.Range]),
            range
        );
        var gaps = Gaps.Find(windows, coverage, queries.Explanations(database, range));
        return new ShowTimeline(range, windows, coverage, gaps);
    }
}
