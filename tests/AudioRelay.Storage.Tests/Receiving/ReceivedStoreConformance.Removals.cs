using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Receiving;

/// <content>What is removed, here or there, and what a timeline makes of it.</content>
public abstract partial class ReceivedStoreConformance
{
    [Fact]
    public async Task Retention_removes_whole_sections_that_ended_before_the_limit_and_that_nothing_holds()
    {
        var source = new SourceRecording();
        for (var i = 0; i < 4; i++)
        {
            source.Open(Noon + (i * 60 * Second)).Record(3).Close();
        }

        source.Open(Noon + (240 * Second)).Record(1);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        await SqlAsync(
            "show",
            $"insert into holds (from_us, until_us, reason) values ({Noon + (61 * Second)}, {Noon + (62 * Second)}, 'a test')"
        );

        var straddles = Noon + (183 * Second);
        var report = await store.RetainAsync(at, straddles, Token);
        Assert.Equal([Noon, Noon + (120 * Second)], report.Sections.Order());
        Assert.Equal(6, report.Segments);
        var left = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([Noon + (60 * Second), Noon + (180 * Second), Noon + (240 * Second)], left.Select(s => s.Id));
        Assert.Equal(Presence.Removed, (await store.Reader.SegmentAsync(1, Token)).Presence);
        Assert.Equal(Presence.Removed, await store.Reader.SectionPresenceAsync(Noon, Token));
        Assert.Equal(Presence.Present, (await store.Reader.SegmentAsync(4, Token)).Presence);

        // The open section stays whatever the limit, and sync goes on behind it.
        await store.RetainAsync(at, long.MaxValue, Token);
        var last = source.Record(1).Pull();
        Assert.Equal(14, (await store.CommitAsync(at, last, Token)).Stored.FirstSegmentId);
        var segments = await store.Reader.SegmentsAsync(new SegmentQuery(), Token);
        Assert.Equal([4L, 5L, 6L, 13L, 14L], segments.Select(s => s.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // numbered by the migration and not as they came
    public async Task The_number_of_discontinuities_goes_on_after_a_restart_whatever_retention_has_removed(bool fromBefore)
    {
        // The third continues the second; the fifth has no sound yet.
        var source = new SourceRecording().Open(Noon).Record(2).Close().Open(Noon + (60 * Second)).Record(2).Close();
        source.Open(Noon + (64 * Second), continues: Noon + (60 * Second)).Record(2).Close().Open(Noon + (120 * Second)).Record(2).Close();
        source.Open(Noon + (180 * Second));
        var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(1), Token)).Checkpoint;
        at = (await store.CommitAsync(at, source.Pull(), Token)).Checkpoint;
        if (fromBefore)
        {
            await SqlAsync("show", WithoutEras);
        }

        await ReopenAsync(store);
        store = await Stores.OpenAsync("show", Token);
        Assert.Equal([0, 1, 1, 2, null], await CountsAsync(0, 60, 64, 120, 180));

        await store.RetainAsync(at, Noon + (100 * Second), Token);
        Assert.Equal([null, null, null, 2], await CountsAsync(0, 60, 64, 120));
        await store.RetainAsync(at, long.MaxValue, Token);
        Assert.Empty(await store.Reader.SectionsAsync(new SectionQuery(), Token));

        await ReopenAsync(store);
        store = await Stores.OpenAsync("show", Token);
        source.Record(1).Close().Open(Noon + (182 * Second), continues: Noon + (180 * Second)).Record(1);
        source.Close().Open(Noon + (240 * Second)).Record(1);
        await store.CommitAsync(at, source.Pull(), Token);
        Assert.Equal([3, 3, 4], await CountsAsync(180, 182, 240));
        await store.DisposeAsync();

        async Task<List<long?>> CountsAsync(params long[] seconds)
        {
            var counts = new List<long?>();
            foreach (var second in seconds)
            {
                counts.Add(await store.Reader.DiscontinuitiesAsync(Noon + (second * Second), Token));
            }

            return counts;
        }
    }

    [Fact]
    public async Task Retention_of_the_recorder_removes_nothing_here()
    {
        var source = new SourceRecording().Open(Noon).Record(2).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        source.Tell(Noon + (60 * Second), new SectionRemoved(Noon, Noon, Noon + (4 * Second), 1, 2));
        await store.CommitAsync(at, source.Pull(), Token);
        Assert.Equal(Presence.Present, await store.Reader.SectionPresenceAsync(Noon, Token));
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task What_the_recorder_removed_before_it_was_pulled_is_a_gap_with_that_cause()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(5);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;
        // While the receiver was away: the rest of the first section and all of the second went.
        source.Close().Open(Noon + (20 * Second)).Record(5).Close().Purge();
        at = (await store.CommitAsync(at, source.Pull(), Token)).Checkpoint;
        Assert.Equal(11, at.NextId);
        source.Open(Noon + (40 * Second)).Record(2);
        await store.CommitAsync(at, source.Pull(), Token);

        var range = new UtcRange(Noon, Noon + (100 * Second));
        var timeline = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal(
            [new UtcRange(Noon, Noon + (4 * Second)), new UtcRange(Noon + (40 * Second), Noon + (44 * Second))],
            timeline.Coverage
        );
        Assert.Equal([new UtcRange(Noon, Noon + (44 * Second))], timeline.Windows);
        Assert.Equal(
            timeline.Windows.Sum(w => w.LengthUs),
            timeline.Coverage.Sum(c => c.LengthUs) + timeline.Gaps.Sum(g => g.UntilUs - g.FromUs)
        );
        Assert.Contains(timeline.Gaps, g => g.FromUs == Noon + (4 * Second) && g.Cause == GapCause.PurgedOnRecorder);
        Assert.Contains(timeline.Gaps, g => g.UntilUs >= Noon + (30 * Second) && g.Cause == GapCause.PurgedOnRecorder);
        Assert.Equal(3, (await store.Reader.SectionAsync(Noon + (40 * Second), Token))!.FirstSegmentId);
    }

    [Fact]
    public async Task A_timeline_ends_at_what_is_known()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(30).Close(EndCause.Disconnected);
        source.Tell(Noon + (70 * Second), new Alive(Noon + (70 * Second)));
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(10), Token)).Checkpoint;
        var range = new UtcRange(Noon, Noon + (100 * Second));
        // The journal is ahead: what has not been pulled yet is not a gap.
        var half = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal([new UtcRange(Noon, Noon + (20 * Second))], half.Windows);
        Assert.Empty(half.Gaps);
        Assert.Equal(Noon + (20 * Second), (await store.Reader.InfoAsync(Token)).KnownUntilUs);

        await store.CommitAsync(at, source.Pull(), Token);
        var whole = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal([new UtcRange(Noon, Noon + (70 * Second))], whole.Windows);
        Assert.Equal([new Gap(Noon + (60 * Second), Noon + (70 * Second), GapCause.Disconnected, null)], whole.Gaps);
        Assert.Equal(Noon + (70 * Second), (await store.Reader.InfoAsync(Token)).KnownUntilUs);
    }
}
