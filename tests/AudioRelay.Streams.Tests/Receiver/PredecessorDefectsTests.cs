using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>The predecessor's defects of syncing (spec/relay.md §8.2), each tried on ours.</summary>
public sealed class PredecessorDefectsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B14_what_a_recorder_has_purged_meanwhile_is_passed_over_and_the_show_goes_on(bool isOurs)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: isOurs).Add("news");
        news.Record(5);
        await rig.Start(chunk: 3);
        await rig.UntilRead("news", 5);
        rig.Recorder.GoAway();
        rig.Service.SyncNow();
        await rig.Until("news", ShowSyncState.RecorderAway);

        news.NewSection();
        news.Record(40);
        news.NewSection();
        news.Record(4);
        news.Purge(45); // more than any one pull would ask for
        rig.Recorder.ComeBack();
        rig.Service.SyncNow();

        await rig.UntilRead("news", 49);
        Assert.Equal([1, 2, 3, 4, 5, 46, 47, 48, 49], rig.Stores["news"].Segments.Select(s => s.SourceId));
        if (isOurs)
        {
            // Whence the store tells why there is a gap.
            Assert.Contains(rig.Stores["news"].Journal, e => e.Body is SectionRemoved { FirstSegmentId: 6, LastSegmentId: 45 });
        }
    }

    [Fact]
    public async Task B14_a_recorder_that_has_purged_everything_is_up_to_date_and_its_next_sound_is_pulled()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        await rig.Start();
        await rig.UntilRead("news", 0);
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && news.MaxId > 0)
            {
                news.Purge((int)news.MaxId); // between its word and our question
            }

            return Task.CompletedTask;
        };
        news.Record(8);
        await rig.Until("news", s => s.ReadId >= 8 && s.State == ShowSyncState.UpToDate, "being past what is gone");
        rig.Recorder.OnRequest = static (_, _, _) => Task.CompletedTask;
        news.NewSection();
        news.Record();

        await rig.UntilRead("news", 9);
        Assert.Equal(9, rig.Stores["news"].Segments[^1].SourceId);
    }

    [Fact]
    public async Task B15_a_section_that_began_before_the_retention_limit_is_pulled_whole()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: false).Add("news");
        news.Record(30); // in 2023, and the clock of the test says 2026
        await rig.Start([new WantedShow("news", TimeSpan.FromHours(1))]);

        await rig.UntilRead("news", 30);
        rig.AssertSame(news);
        Assert.DoesNotContain(rig.Recorder.Requests, r => r.Contains("sections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task B16_a_show_that_is_missing_and_one_that_fails_keep_no_other_from_being_pulled()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.Add("good").Record(5);
        recorder.Add("bad").Record(5);
        recorder.OnRequest = (what, show, _) =>
            (what, show) == ("segments", "bad")
                ? throw new RecorderException(RecorderFault.BadAnswer, "Its checksum is wrong.")
                : Task.CompletedTask;
        await rig.Start([new("missing", null), new("bad", null), new("good", null)], parallel: 1);

        await rig.UntilRead("good", 5);
        Assert.Equal("Its checksum is wrong.", (await rig.Until("bad", ShowSyncState.BadData)).Detail);
        await rig.Until("missing", ShowSyncState.NotOffered);
        Assert.Equal(["bad", "good"], rig.Stores.Names); // nothing is created for a show that is not there
    }

    [Fact]
    public async Task B16_a_fresh_show_without_sound_is_not_missing_and_begins_with_its_first_segment()
    {
        await using var rig = new ReceiverRig();
        var fresh = rig.Add().Add("fresh");
        await rig.Start([new("fresh", null)]);
        await rig.UntilRead("fresh", 0);
        fresh.Record();
        await rig.UntilRead("fresh", 1);
    }

    [Fact]
    public async Task B17_a_show_that_is_listed_and_not_there_is_not_offered_and_asked_for_again()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        var stale = recorder.Add("stale");
        recorder.Add("good").Record(3);
        recorder.OnRequest = (what, show, _) =>
            (what, show) == ("metadata", "stale")
                ? throw new RecorderException(RecorderFault.NoSuchShow, "There is no show 'stale'.")
                : Task.CompletedTask;
        await rig.Start();
        await rig.UntilRead("good", 3);
        await rig.Until("stale", ShowSyncState.NotOffered);

        recorder.OnRequest = static (_, _, _) => Task.CompletedTask;
        stale.Record(2); // told by its stream
        await rig.UntilRead("stale", 2);
    }

    [Theory]
    [InlineData(RecorderFault.TokenRefused, ShowSyncState.TokenRefused)]
    [InlineData(RecorderFault.NotARecorder, ShowSyncState.NotARecorder)]
    [InlineData(RecorderFault.Unreachable, ShowSyncState.RecorderAway)]
    [InlineData(RecorderFault.Unwell, ShowSyncState.RecorderAway)]
    [InlineData(RecorderFault.Certificate, ShowSyncState.RecorderAway)]
    public async Task B18_what_a_recorder_answers_is_told_as_it_is(RecorderFault fault, ShowSyncState expected)
    {
        await using var rig = new ReceiverRig();
        rig.Add().GoAway(fault, "What it is, and what to do.");
        await rig.Start([new("news", null)]);

        Assert.Equal("What it is, and what to do.", (await rig.Until("news", expected)).Detail);
        var remote = await rig.UntilRemote(r => r.Detail is not null);
        Assert.Equal((false, "What it is, and what to do."), (remote.Online, remote.Detail));
    }

    [Fact]
    public async Task B20_replacing_the_source_of_an_unknown_show_leaves_nothing_behind()
    {
        await using var rig = new ReceiverRig();
        rig.Add().Add("news").Record(3);
        var answer = await rig.ReplaceSource("news");

        Assert.False(answer.Done);
        Assert.Contains("There is no show 'news' here", answer.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Stores.Names);
    }

    [Fact]
    public async Task B20_a_show_that_has_nothing_yet_begins_anew_with_the_first_segment_of_the_new_source()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        await rig.Start();
        await rig.UntilRead("news", 0);
        await rig.Stop();
        var kept = rig.Stores["news"];
        kept.At = kept.At with { NextId = 50 }; // it had something once, and retention removed it
        news.Replace("db_new");
        news.Record(3);
        Assert.True((await rig.ReplaceSource("news")).Done);
        Assert.Equal(("db_new", 1), (kept.At.SourceStore, kept.At.NextId));
        await rig.Start();
        await rig.UntilRead("news", 3);
        rig.AssertSame(news);
    }

    [Fact]
    public async Task B21_a_fault_of_ours_in_a_show_is_over_with_the_next_instance_of_its_actor()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        var (odd, good) = (recorder.Add("odd"), recorder.Add("good"));
        odd.Record(2);
        good.Record(2);
        var faults = 0;
        recorder.OnRequest = (what, show, _) =>
            (what, show) == ("segments", "odd") && Interlocked.Increment(ref faults) == 1
                ? throw new InvalidOperationException("A bug.")
                : Task.CompletedTask;
        await rig.Start(parallel: 1);
        await rig.UntilRead("good", 2);

        await rig.PassTimeUntil(() => rig.Service.Board.Find("odd") is { State: ShowSyncState.UpToDate, ReadId: 2 });
        rig.AssertSame(odd);
        Assert.Equal(1, rig.System.Find("/receiver/remotes/remote/shows/odd")?.Restarts);
        Assert.True(rig.Service.SyncNow()); // and syncing by hand is as possible as ever
    }

    [Fact]
    public async Task B22_who_has_lost_a_show_commits_nothing_more_and_does_not_take_it_back_by_itself()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        await rig.Start();
        await rig.UntilRead("news", 3);
        var kept = rig.Stores["news"];
        kept.At = kept.At with { Epoch = 100 }; // another receiver has claimed it
        news.Record(2);

        Assert.Contains("Another receiver", (await rig.Until("news", ShowSyncState.Fenced)).Detail, StringComparison.Ordinal);
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        news.Record(2);
        Assert.Equal((100, 3), (kept.At.Epoch, kept.Segments.Count));

        rig.Service.SyncNow();
        await rig.UntilRead("news", 7);
        rig.AssertSame(news);
    }
}
