using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Conformance;

/// <summary>
/// What every reader of a show's store promises, whatever keeps it: a recorder's file, a predecessor's file, a receiver's SQLite or PostgreSQL.
/// A new kind of store joins by one class that writes a script into it.
/// </summary>
public abstract class ShowReaderConformance
{
    private const long T0 = 1_790_000_000_000;
    private const long Second = ShowScript.Rate;

    private static readonly ShowScript Three = new(
        new ShowScript.Section(T0 * 1000, T0, 3, 2 * Second),
        new ShowScript.Section((T0 + 60_000) * 1000, T0 + 60_000, 5, 2 * Second),
        new ShowScript.Section((T0 + 120_000) * 1000, T0 + 120_000, 2, 2 * Second)
    );

    /// <summary>True for a store that is filled by sync.</summary>
    protected virtual bool IsRecipient => false;

    /// <summary>Writes the script into an empty store and opens it for reading.</summary>
    protected abstract Task<IShowReader> OpenAsync(ShowScript script);

    [Fact]
    public async Task It_says_whose_store_it_is_and_how_far_it_reaches()
    {
        await using var reader = await OpenAsync(Three);
        var info = await reader.InfoAsync();
        Assert.Equal(("show", "opus", "16", "48000", "4"), (info.Name, info.AudioFormat, info.Bitrate, info.SampleRate, info.Version));
        Assert.Equal((1L, 10L, IsRecipient), (info.MinId, info.MaxId, info.IsRecipient));
        Assert.StartsWith("db_", info.UniqueId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_store_answers_everything_with_nothing()
    {
        await using var reader = await OpenAsync(new ShowScript());
        var info = await reader.InfoAsync();
        Assert.Equal((null, null), (info.MinId, info.MaxId));
        Assert.Empty(await reader.SectionsAsync(new SectionQuery()));
        Assert.Empty(await reader.SegmentsAsync(new SegmentQuery()));
        Assert.Empty(await reader.ReadSegmentsAsync(0, long.MaxValue, 10, 1000));
        Assert.Empty(await reader.ResolveAsync(new UtcRange(0, long.MaxValue)));
        Assert.Empty(await reader.JournalAsync(0, 10));
        Assert.Empty(await reader.TitlesAsync(new TitleQuery()));
        Assert.Empty((await reader.TimelineAsync(new UtcRange(0, T0 * 1000))).Coverage);
        Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(1)).Presence);
        Assert.Null(await reader.SectionAsync(1));
        Assert.Null(await reader.WallMapAsync(1));
        Assert.Equal(new SectionNeighbours(null, null), await reader.NeighboursAsync(T0));
    }

    [Fact]
    public async Task Sections_come_in_order_with_their_totals()
    {
        await using var reader = await OpenAsync(Three);
        var sections = await reader.SectionsAsync(new SectionQuery());
        Assert.Equal([T0, T0 + 60_000, T0 + 120_000], sections.Select(s => s.StartTimestampMs));
        Assert.Equal([(1L, 3L), (4L, 8L), (9L, 10L)], sections.Select(s => (s.FirstSegmentId!.Value, s.LastSegmentId!.Value)));
        Assert.Equal([6000L, 10_000L, 4000L], sections.Select(s => s.DurationMs));
        Assert.Equal([3L, 5L, 2L], sections.Select(s => s.Segments));
        Assert.All(sections, s => Assert.Equal((s.StartTimestampMs + s.DurationMs) * 1000, s.EndUs));
        Assert.All(sections, s => Assert.Equal(("opus", 48000, 1, 960), (s.Codec, s.Rate, s.Channels, s.FrameSamples)));
        var down = await reader.SectionsAsync(new SectionQuery(Descending: true));
        Assert.Equal(sections.Reverse(), down);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_sections_continue_after_a_key(bool descending)
    {
        await using var reader = await OpenAsync(Three);
        var whole = await reader.SectionsAsync(new SectionQuery(Descending: descending));
        var paged = new List<SectionInfo>();
        IReadOnlyList<SectionInfo> page;
        do
        {
            page = await reader.SectionsAsync(
                new SectionQuery(Descending: descending, After: paged.Count == 0 ? null : paged[^1].Id, Limit: 2)
            );
            paged.AddRange(page);
            Assert.InRange(page.Count, 0, 2);
        } while (page.Count > 0);
        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData(0, 200_000, 3)] // all
    [InlineData(0, 1, 1)] // the start belongs to it
    [InlineData(-10, 0, 0)] // the range's end does not
    [InlineData(-1, 1, 1)]
    [InlineData(5_999, 60_000, 1)] // its last ms
    [InlineData(6_000, 60_000, 0)] // just after its end, just before the next start
    [InlineData(6_000, 60_001, 1)]
    [InlineData(3_000, 65_000, 2)] // began before the range, and still overlaps it
    [InlineData(62_000, 63_000, 1)] // wholly inside
    [InlineData(130_000, 140_000, 0)]
    [InlineData(60_000, 60_000, 0)] // empty
    [InlineData(70_000, 60_000, 0)] // inverted
    [InlineData(-1_790_000_000_000, 1, 1)] // from zero
    public async Task Sections_are_those_that_overlap_the_range(long fromMs, long untilMs, int expected)
    {
        await using var reader = await OpenAsync(Three);
        var range = new UtcRange((T0 + fromMs) * 1000, (T0 + untilMs) * 1000);
        Assert.Equal(expected, (await reader.SectionsAsync(new SectionQuery(range))).Count);
        Assert.Equal(expected, (await reader.ResolveAsync(range)).Count);
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, 3)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, long.MaxValue, 3)]
    [InlineData(long.MaxValue, long.MaxValue, 0)]
    [InlineData(long.MinValue, -5, 0)]
    public async Task Extreme_ranges_are_no_trouble(long fromUs, long untilUs, int expected)
    {
        await using var reader = await OpenAsync(Three);
        Assert.Equal(expected, (await reader.SectionsAsync(new SectionQuery(new UtcRange(fromUs, untilUs)))).Count);
    }

    [Fact]
    public async Task One_section_is_found_by_its_id()
    {
        await using var reader = await OpenAsync(Three);
        var expected = (await reader.SectionsAsync(new SectionQuery()))[1];
        Assert.Equal(expected, await reader.SectionAsync(expected.Id));
        Assert.Equal(Presence.Present, await reader.SectionPresenceAsync(expected.Id));
        Assert.Equal(Presence.NeverWas, await reader.SectionPresenceAsync(expected.Id + 1));
        Assert.Null(await reader.SectionAsync(expected.Id + 1));
    }

    [Fact]
    public async Task Discontinuities_are_counted_from_the_first_section_on()
    {
        await using var reader = await OpenAsync(Three);
        var ids = (await reader.SectionsAsync(new SectionQuery())).Select(s => s.Id).ToList();
        Assert.Equal(
            (0, 1, 2),
            (
                await reader.DiscontinuitiesAsync(ids[0]),
                await reader.DiscontinuitiesAsync(ids[1]),
                await reader.DiscontinuitiesAsync(ids[2])
            )
        );
        Assert.Null(await reader.DiscontinuitiesAsync(ids[0] + 1));
    }

    [Theory]
    [InlineData(-1, null, 0)]
    [InlineData(0, 0, 60_000)]
    [InlineData(59_999, 0, 60_000)]
    [InlineData(60_000, 60_000, 120_000)]
    [InlineData(999_999, 120_000, null)]
    public async Task Neighbours_are_the_sections_on_both_sides_of_an_instant(int atMs, int? before, int? after)
    {
        await using var reader = await OpenAsync(Three);
        var found = await reader.NeighboursAsync(T0 + atMs);
        Assert.Equal((T0 + before, T0 + after), (found.BeforeOrEqual?.StartTimestampMs, found.After?.StartTimestampMs));
    }

    [Fact]
    public async Task Segments_are_listed_by_ids_by_section_and_by_time()
    {
        await using var reader = await OpenAsync(Three);
        async Task Lists(long[] expected, SegmentQuery query) =>
            Assert.Equal(expected, (await reader.SegmentsAsync(query)).Select(s => s.Id));
        var second = (T0 + 60_000) * 1000;
        await Lists([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new SegmentQuery());
        await Lists([3, 4, 5], new SegmentQuery(FromId: 3, ToId: 5));
        await Lists([4, 5, 6, 7, 8], new SegmentQuery(SectionId: second));
        await Lists([6, 7], new SegmentQuery(FromId: 6, SectionId: second, Limit: 2));
        await Lists([], new SegmentQuery(SectionId: 12345));
        await Lists([3, 4], new SegmentQuery(Overlapping: new UtcRange(second - 55_000_000, second + 2_000_000)));
        await Lists([3, 4, 5], new SegmentQuery(Overlapping: new UtcRange(second - 55_000_000, second + 2_000_100)));
        await Lists([3], new SegmentQuery(Overlapping: new UtcRange(second - 55_000_000, second + 2_000_000), Limit: 1));
        await Lists([], new SegmentQuery(Overlapping: new UtcRange(second, second)));
    }

    [Fact]
    public async Task A_listed_segment_knows_its_place_and_size()
    {
        await using var reader = await OpenAsync(Three);
        var listed = await reader.SegmentsAsync(new SegmentQuery(FromId: 6, ToId: 9));
        Assert.Equal([4 * Second, 6 * Second, 8 * Second, 0], listed.Select(s => s.FirstSample));
        Assert.Equal([T0 + 64_000, T0 + 66_000, T0 + 68_000, T0 + 120_000], listed.Select(s => s.TimestampMs));
        Assert.Equal([false, false, false, true], listed.Select(s => s.StartsSection));
        Assert.Equal([32, 42, 52, 12], listed.Select(s => s.Size));
        Assert.All(listed, s => Assert.Equal(2 * Second, s.DurationSamples));
    }

    [Fact]
    public async Task A_segment_is_read_with_its_bytes()
    {
        await using var reader = await OpenAsync(Three);
        var lookup = await reader.SegmentAsync(5);
        Assert.Equal(Presence.Present, lookup.Presence);
        Assert.Equal(Three.Sections[1].Data(1), lookup.Segment!.Data);
        Assert.Equal((5L, 2 * Second, 22), (lookup.Segment.Info.Id, lookup.Segment.Info.FirstSample, lookup.Segment.Info.Size));
        Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(11)).Presence);
        Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(0)).Presence);
        Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(-1)).Presence);
    }

    [Theory]
    [InlineData(1, 10, 100, 100_000, 10)]
    [InlineData(1, 10, 4, 100_000, 4)]
    [InlineData(2, 3, 100, 100_000, 2)]
    [InlineData(1, 10, 100, 34, 2)] // 12 + 22
    [InlineData(1, 10, 100, 33, 1)]
    [InlineData(8, 10, 100, 1, 1)] // one bigger than the cap is still given
    [InlineData(11, 20, 100, 100_000, 0)]
    [InlineData(5, 4, 100, 100_000, 0)]
    public async Task A_batch_for_sync_keeps_to_its_caps(long from, long to, int count, long bytes, int expected)
    {
        await using var reader = await OpenAsync(Three);
        var batch = await reader.ReadSegmentsAsync(from, to, count, bytes);
        Assert.Equal(Enumerable.Range(0, expected).Select(i => from + i), batch.Select(s => s.Info.Id));
        Assert.All(batch, s => Assert.Equal(s.Info.Size, s.Data.Length));
    }

    [Fact]
    public async Task A_range_resolves_to_samples_and_the_segments_that_hold_them()
    {
        await using var reader = await OpenAsync(Three);
        var parts = await reader.ResolveAsync(new UtcRange((T0 + 3_000) * 1000, (T0 + 64_000) * 1000));
        Assert.Equal([(3 * Second, 6 * Second), (0L, 4 * Second)], parts.Select(p => (p.FromSample, p.UntilSample)));
        Assert.Equal([(2L, 3L), (4L, 5L)], parts.Select(p => (p.FirstSegmentId, p.LastSegmentId)));
    }

    [Fact]
    public async Task Adjacent_ranges_give_every_sample_once()
    {
        await using var reader = await OpenAsync(Three);
        var random = new Random(1);
        var cuts = Enumerable.Range(0, 20).Select(_ => (T0 * 1000) + random.NextInt64(-1_000_000, 130_000_000)).Order().ToList();
        cuts = [long.MinValue / 2, .. cuts, long.MaxValue / 2];
        var samples = 0L;
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            samples += (await reader.ResolveAsync(new UtcRange(cuts[i], cuts[i + 1]))).Sum(p => p.UntilSample - p.FromSample);
        }

        Assert.Equal(20 * Second, samples);
    }

    [Fact]
    public async Task Coverage_is_what_the_sections_cover()
    {
        await using var reader = await OpenAsync(Three);
        var timeline = await reader.TimelineAsync(new UtcRange((T0 + 1_000) * 1000, (T0 + 66_000) * 1000));
        Assert.Equal(
            [new UtcRange((T0 + 1_000) * 1000, (T0 + 6_000) * 1000), new UtcRange((T0 + 60_000) * 1000, (T0 + 66_000) * 1000)],
            timeline.Coverage
        );
    }

    [Fact]
    public async Task The_wall_map_of_a_section_begins_at_its_start()
    {
        await using var reader = await OpenAsync(Three);
        var map = await reader.WallMapAsync(Three.Sections[1].Id);
        Assert.Equal((T0 + 61_000) * 1000, map!.UtcUsAt(Second));
    }

    [Fact]
    public async Task Many_readers_at_once_see_the_same()
    {
        await using var reader = await OpenAsync(Three);
        var all = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(async () => (await reader.SegmentAsync(1 + (i % 10))).Segment))
        );
        Assert.All(all, Assert.NotNull);
        Assert.Equal(4, all.Count(s => s!.Info.Id == 5));
    }
}
