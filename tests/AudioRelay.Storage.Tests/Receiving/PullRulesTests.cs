using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class PullRulesTests
{
    private const long A = 1_790_000_000_000_000;
    private const long B = A + 600_000_000;
    private const long Second = 1_000_000;

    private static readonly SyncCheckpoint Start = new("db_source", 1, 0, 1);

    [Fact]
    public void A_section_is_closed_with_its_last_samples_and_not_before()
    {
        var first = Plan(Start, [.. Opened(1, A), Closed(4, A, 3)], Segment(1, A, 0), Segment(2, A, 1));
        Assert.Equal(["section_opened", "anchor", "title"], first.Entries.Select(e => e.Body.Kind));
        Assert.Equal([(1L, 0L, true), (2L, 48000L, false)], first.Segments.Select(s => (s.Id, s.FirstSample, s.StartsSection)));
        var pending = Assert.Single(first.Pending);
        Assert.Equal(144_000, pending.Closed.Samples);

        var open = new ReceivedSection(A, 48000, 96_000, 2, A, A + (2 * Second), pending);
        var second = PullRules.Plan(Start with { NextId = 3, JournalSeq = 4 }, Batch([], 4, Segment(3, A, 2)), State(2, open));
        Assert.Equal([pending.Closed], second.Entries.Select(e => e.Body));
        Assert.Equal((3L, 96_000L, false), second.Segments.Select(s => (s.Id, s.FirstSample, s.StartsSection)).Single());
        Assert.Empty(second.Pending);
    }

    [Fact]
    public void A_section_without_a_sample_is_closed_at_once() =>
        Assert.Equal(["section_opened", "anchor", "title", "section_closed"], Kinds(Plan(Start, [.. Opened(1, A), Closed(4, A, 0)])));

    [Fact]
    public void More_samples_than_the_source_said_are_refused() =>
        Refused(Start, [.. Opened(1, A), Closed(4, A, 1)], Segment(1, A, 0), Segment(2, A, 1));

    [Fact]
    public void Local_ids_go_on_whatever_the_sources_ids_are()
    {
        var plan = PullRules.Plan(Start with { NextId = 500 }, Batch(Opened(1, A), 3, Segment(500, A, 0), Segment(501, A, 1)), State(41));
        Assert.Equal([42L, 43L], plan.Segments.Select(s => s.Id));
    }

    [Fact]
    public void A_hash_is_checked_or_taken()
    {
        var segment = Segment(1, A, 0);
        var hash = SHA256.HashData(segment.Data.Span);
        Assert.Equal(hash, Plan(Start, Opened(1, A), segment with { Sha256 = default }).Segments[0].Sha256);
        Assert.Equal(hash, Plan(Start, Opened(1, A), segment).Segments[0].Sha256);
        hash[7] ^= 1;
        Refused(Start, Opened(1, A), segment with { Sha256 = hash });
    }

    [Fact]
    public void What_cannot_be_right_is_refused()
    {
        var fine = Segment(1, A, 0);
        Refused(Start, [], fine); // nobody opened its section
        Refused(Start, [Entry(1, new SectionOpened(A, "opus", 48000, 1, 312, 960))], fine); // nobody said when it began
        Refused(Start with { NextId = 2 }, Opened(1, A), fine); // an id that was read already
        Refused(Start, Opened(1, A), fine, fine); // an id twice
        Refused(Start, Opened(1, A), fine with { Data = default, Sha256 = default });
        Refused(Start, Opened(1, A), fine with { DurationSamples = -1 });
        Refused(Start, Opened(1, A), fine with { StartsSection = false }); // the middle of a section that is not here
        Refused(Start, Opened(1, A), fine, Segment(3, A, 1)); // a hole inside a section
        Refused(Start with { JournalSeq = 2 }, Opened(1, A), fine); // entries that were read already
        Assert.Throws<StorageException>(() => PullRules.Plan(Start with { NextId = 9 }, Batch([], 3), State(0)));
        Assert.Throws<StorageException>(() => PullRules.Plan(Start with { JournalSeq = 9 }, Batch([], 3), State(0)));
        Assert.Throws<StorageException>(() => PullRules.Plan(Start, Batch(Opened(1, A), 3, fine) with { NextId = 1 }, State(0)));
        var past = new ReceivedState(1, [], new HashSet<long> { A });
        Assert.Throws<StorageException>(() => PullRules.Plan(Start, Batch([], 3, fine), past));
    }

    [Fact]
    public void What_the_recorder_removed_before_it_was_pulled_is_a_trouble_with_its_time()
    {
        var plan = Plan(Start with { JournalSeq = 9 }, [Entry(10, new SectionRemoved(A, A, A + (60 * Second), 1, 30))]);
        Assert.Equal([new Trouble(GapCause.PurgedOnRecorder, A, A + (60 * Second))], plan.Entries.Select(e => e.Body));
    }

    [Fact]
    public void What_the_recorder_removed_and_is_here_stays_and_is_not_spoken_of()
    {
        var past = new ReceivedState(30, [], new HashSet<long> { A });
        var removed = Entry(10, new SectionRemoved(A, A, A + (60 * Second), 1, 30));
        Assert.Empty(PullRules.Plan(Start with { JournalSeq = 9 }, Batch([removed], 10), past).Entries);
        // Removed at the source between its segments and its journal: all of it came in the same batch.
        var late = Plan(Start, [.. Opened(1, A), Closed(4, A, 1), Entry(5, new SectionRemoved(A, A, B, 1, 1))], Segment(1, A, 0));
        Assert.Equal(["section_opened", "anchor", "title", "section_closed"], Kinds(late));
    }

    [Fact]
    public void A_section_that_was_removed_at_the_source_in_mid_pull_ends_where_it_is()
    {
        var untilUs = A + (60 * Second);
        var plan = Plan(
            Start,
            [.. Opened(1, A), Closed(4, A, 60, EndCause.Silent), Entry(5, new SectionRemoved(A, A, untilUs, 1, 60))],
            Segment(1, A, 0),
            Segment(2, A, 1)
        );
        Assert.Equal(
            [
                new SectionClosed(A, EndCause.PurgedOnRecorder, 96_000, 0, A + (2 * Second)),
                new Trouble(GapCause.PurgedOnRecorder, A, untilUs),
                new Trouble(GapCause.Silent, untilUs),
            ],
            plan.Entries.Skip(3).Select(e => e.Body)
        );
        Assert.Empty(plan.Pending);
    }

    [Fact]
    public void A_segment_of_a_later_section_and_an_id_left_out_end_what_can_never_be_complete()
    {
        var open = new ReceivedSection(A, 48000, 96_000, 2, A, A + (2 * Second));
        var end = new SectionClosed(A, EndCause.PurgedOnRecorder, 96_000, 0, A + (2 * Second));
        var from = Start with { NextId = 3, JournalSeq = 4 };
        var later = PullRules.Plan(from, Batch(Opened(5, B), 7, Segment(3, B, 0)), State(2, open));
        Assert.Equal(end, later.Entries[^1].Body);
        Assert.Equal([(3L, true)], later.Segments.Select(s => (s.Id, s.StartsSection)));

        var left = PullRules.Plan(from, Batch([], 4) with { NextId = 900 }, State(2, open));
        Assert.Equal([end], left.Entries.Select(e => e.Body));
    }

    [Fact]
    public void A_section_told_ahead_of_its_segments_is_not_ended_by_those_before_it()
    {
        var plan = Plan(Start, [.. Opened(1, A), Closed(4, A, 2), .. Opened(5, B)], Segment(1, A, 0));
        Assert.DoesNotContain("section_closed", Kinds(plan));
    }

    [Fact]
    public void A_source_without_a_journal_tells_its_sections_with_every_batch_and_ends_them_with_the_next()
    {
        JournalEntry[] told = [.. Opened(0, A).Select(e => e with { Seq = 0 })];
        var first = PullRules.Plan(Start, Batch(told, 0, Bare(1, A, 0)), State(0));
        Assert.DoesNotContain("section_closed", Kinds(first));
        var open = new ReceivedSection(A, 48000, 48_000, 1, A, A + Second);
        JournalEntry[] again = [.. told.Take(2), .. Opened(0, B).Select(e => e with { Seq = 0 })];
        var second = PullRules.Plan(Start with { NextId = 2 }, Batch(again, 0, Bare(2, A, 1), Bare(3, B, 0)), State(1, open));
        Assert.Equal(
            new SectionClosed(A, EndCause.Disconnected, 96_000, 0, A + (2 * Second)),
            second.Entries.Single(e => e.Body is SectionClosed).Body
        );
        Assert.Single(second.Entries, e => e.Body is SectionOpened);
        Assert.Equal([2L, 3L], second.Segments.Select(s => s.Id));
    }

    [Theory]
    [InlineData(true)] // the section that was open goes on
    [InlineData(false)] // it was forgotten too, and another follows
    public void A_first_journal_does_not_bring_back_what_was_read_before_it(bool isOpenHere)
    {
        var (c, from) = (B + 600_000_000, Start with { NextId = 4 });
        JournalEntry[] told = [.. Opened(1, A), Closed(4, A, 2), .. Opened(5, B), Closed(8, B, isOpenHere ? 2 : 1), .. Opened(9, c)];
        var open = new ReceivedSection(B, 48000, 48_000, 1, B, B + Second);
        var plan = isOpenHere
            ? PullRules.Plan(from, Batch(told, 11, Segment(4, B, 1), Segment(5, c, 0)), State(3, open))
            : PullRules.Plan(from, Batch(told, 11, Segment(4, c, 0)), State(3));
        Assert.Equal([c], plan.Entries.Select(e => e.Body).OfType<SectionOpened>().Select(o => o.Section));
        Assert.Equal(isOpenHere ? [B] : [], plan.Entries.Select(e => e.Body).OfType<SectionClosed>().Select(o => o.Section));
        Assert.DoesNotContain(plan.Entries, e => e.Body is Trouble);
        Assert.Empty(plan.Pending);
    }

    [Fact]
    public void A_first_journal_without_a_segment_is_taken_from_where_the_source_was_read()
    {
        JournalEntry[] told = [.. Opened(1, A), Closed(4, A, 2), .. Opened(5, B)];
        told = [.. told.Select(e => e.Body is SectionOpened o ? e with { AtUs = o.Section } : e)];
        var state = new ReceivedState(3, [], new HashSet<long>(), JournalUs: A + Second);
        var plan = PullRules.Plan(Start with { NextId = 4 }, Batch(told, 7) with { NextId = 4 }, state);
        Assert.Equal([B], plan.Entries.Select(e => e.Body).OfType<SectionOpened>().Select(o => o.Section));
        Assert.Empty(plan.Pending);
    }

    [Fact]
    public void Nothing_is_told_of_sections_that_were_not_taken_up_or_are_past()
    {
        var past = new ReceivedState(5, [], new HashSet<long> { A });
        var batch = Batch([.. Opened(1, A), Closed(4, A, 1), Entry(5, new TitleSet(B, 0, "of a section from before the place"))], 5);
        Assert.Empty(PullRules.Plan(Start, batch, past).Entries);
        Assert.Equal([A, B], PullRules.SectionsOf(batch).Order());
    }

    [Fact]
    public void Everything_else_goes_on_as_it_was_told()
    {
        JournalBody[] bodies = [new WindowOpened(A), new Trouble(GapCause.Silent, A, B), new Alive(B), new WindowClosed(B)];
        var plan = Plan(Start, [.. bodies.Select((b, i) => Entry(i + 1, b))]);
        Assert.Equal(bodies, plan.Entries.Select(e => e.Body));
    }

    [Fact]
    public void A_source_that_is_left_leaves_nothing_open()
    {
        var open = new ReceivedSection(A, 48000, 96_000, 2, A, A + (2 * Second));
        Assert.Equal(
            [new SectionClosed(A, EndCause.PurgedOnRecorder, 96_000, 0, A + (2 * Second)), new WindowClosed(B)],
            PullRules.LeaveSource([open], B).Select(e => e.Body)
        );
        Assert.Empty(PullRules.LeaveSource([], null));
    }

    private static void Refused(SyncCheckpoint from, JournalEntry[] journal, params PulledSegment[] segments) =>
        Assert.Equal(StorageFault.RuleBroken, Assert.Throws<StorageException>(() => Plan(from, journal, segments)).Fault);

    private static IEnumerable<string> Kinds(PullPlan plan) => plan.Entries.Select(e => e.Body.Kind);

    private static PullPlan Plan(SyncCheckpoint from, JournalEntry[] journal, params PulledSegment[] segments) =>
        PullRules.Plan(
            from,
            Batch(journal, 10, segments) with
            {
                NextId = segments is [.., var last] ? last.SourceId + 1 : from.NextId,
            },
            State(0)
        );

    private static ReceivedState State(long lastId, params ReceivedSection[] open) => new(lastId, open, new HashSet<long>());

    private static PulledBatch Batch(IReadOnlyList<JournalEntry> journal, long journalSeq, params PulledSegment[] segments) =>
        new()
        {
            Journal = journal,
            Segments = segments,
            NextId = segments is [.., var last] ? last.SourceId + 1 : 1,
            JournalSeq = journalSeq,
        };

    private static JournalEntry Entry(long seq, JournalBody body) => new(seq, A + seq, body);

    private static JournalEntry[] Opened(long seq, long section) =>
        [
            Entry(seq, new SectionOpened(section, "opus", 48000, 1, 312, 960)),
            Entry(seq + 1, new AnchorSet(section, 0, section, AnchorCause.Start)),
            Entry(seq + 2, new TitleSet(section, 0, "a title")),
        ];

    private static JournalEntry Closed(long seq, long section, int seconds, EndCause cause = EndCause.WindowEnd) =>
        Entry(seq, new SectionClosed(section, cause, seconds * 48000L, 0, section + (seconds * Second)));

    private static PulledSegment Segment(long id, long section, int index)
    {
        byte[] data = [(byte)id, (byte)index, 7];
        return new PulledSegment(id, section, index == 0, 48000, (section / 1000) + (index * 1000), data, SHA256.HashData(data));
    }

    private static PulledSegment Bare(long id, long section, int index) => Segment(id, section, index) with { Sha256 = default };
}
