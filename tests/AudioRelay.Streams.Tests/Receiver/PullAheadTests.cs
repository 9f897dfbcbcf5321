using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>While one batch is committed the next is fetched: one, bounded, and forgotten when anything goes wrong.</summary>
public sealed class PullAheadTests
{
    [Fact]
    public async Task While_one_batch_is_committed_the_next_is_fetched_and_no_further_one()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(30);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (commits, most) = (0, 0);
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments")
            {
                most = Math.Max(most, Pulls(rig) - Volatile.Read(ref commits));
                if (Pulls(rig) == 2)
                {
                    second.TrySetResult();
                }
            }

            return Task.CompletedTask;
        };
        rig.Stores.OnCall = async (call, _) =>
        {
            if (call == "commit")
            {
                await second.Task.Guarded("the second request, while the first batch is being committed");
            }

            if (call == "committed")
            {
                Interlocked.Increment(ref commits);
            }
        };
        await rig.Start(chunk: 5);
        await rig.UntilRead("news", 30);
        rig.AssertSame(news);
        Assert.Equal((6, 2), (Pulls(rig), most)); // each batch once, and never more than the one that is committed and the next
    }

    [Theory]
    [InlineData("commit")] // nothing was written
    [InlineData("committed")] // it was, and nobody heard of it
    public async Task A_commit_that_fails_with_the_next_batch_here_already_loses_nothing_and_keeps_nothing_twice(string when)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(30);
        var commits = 0;
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && Pulls(rig) == 3)
            {
                third.TrySetResult();
            }

            return Task.CompletedTask;
        };
        rig.Stores.OnCall = async (call, _) =>
        {
            if (call == when && Interlocked.Increment(ref commits) == 2)
            {
                await third.Task.Guarded("the third request");
                throw new StorageException(StorageFault.Unreachable, "The server broke off.");
            }
        };
        await rig.Start(chunk: 5);

        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 30 });
        rig.AssertSame(news);
    }

    [Fact]
    public async Task A_stop_while_the_next_batch_is_being_fetched_keeps_what_was_committed_and_ends_the_request()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(30);
        var (pulls, ended) = (0, new TaskCompletionSource());
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Stores.OnCall = (call, _) =>
        {
            if (call == "committed")
            {
                committed.TrySetResult();
            }

            return Task.CompletedTask;
        };
        rig.Recorder.OnRequest = async (what, _, token) =>
        {
            if (what == "segments" && Interlocked.Increment(ref pulls) == 2)
            {
                await using var over = token.Register(() => ended.TrySetResult());
                stuck.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, rig.Time, token);
            }
        };
        await rig.Start(chunk: 5);
        await stuck.Task.Guarded("the second request");
        await committed.Task.Guarded("the first commit");

        await rig.Stop();
        await ended.Task.Guarded("the end of the request");
        Assert.Equal(5, rig.Stores["news"].Segments.Count);
        Assert.Equal(6, rig.Stores["news"].At.NextId);
    }

    [Fact]
    public async Task A_source_that_is_replaced_while_a_batch_is_committed_is_noticed_and_nothing_of_the_new_one_is_kept()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(30);
        var former = news.Segments;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The request for the second batch is answered by the new store, which has segments of these ids too.
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && Pulls(rig) == 2)
            {
                news.Replace("db_new");
                news.Record(30);
                asked.TrySetResult();
            }

            return Task.CompletedTask;
        };
        rig.Stores.OnCall = (call, _) => call == "commit" ? asked.Task.Guarded("the second request") : Task.CompletedTask;
        await rig.Start(chunk: 5);

        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.SourceReplaced);
        var kept = rig.Stores["news"].Segments;
        Assert.Equal(5, kept.Count);
        Assert.All(kept, s => Assert.True(former[(int)s.SourceId - 1].Data.Span.SequenceEqual(s.Data)));
    }

    [Fact]
    public async Task Whoever_pulls_alone_asks_for_each_batch_once_however_long_it_takes()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(100);
        TakeTime(rig);
        await rig.Start(chunk: 1);
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 100 });

        Assert.Equal(100, Pulls(rig)); // 10 s: a turn of half a second that threw away what it had fetched would have asked for some twice
        rig.AssertSame(news);
    }

    [Fact]
    public async Task Whoever_pulls_lets_another_show_have_its_turn_when_one_waits()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.Add("one").Record(60);
        recorder.Add("two").Record(60);
        TakeTime(rig);
        await rig.Start(parallel: 1, chunk: 1);
        await rig.PassTimeUntil(() => Kept(rig, "one") == 60 || Kept(rig, "two") == 60);

        Assert.InRange(Math.Min(Kept(rig, "one"), Kept(rig, "two")), 45, 60);
    }

    [Fact]
    public async Task Every_request_for_sound_is_bounded_in_segments_and_in_bytes()
    {
        await using var rig = new ReceiverRig();
        rig.Add().Add("news").Record(30);
        await rig.Start(chunk: 5);
        await rig.UntilRead("news", 30);
        Assert.All(rig.Recorder.Bounds, bounds => Assert.Equal((5, 7_500_000), bounds));
    }

    [Fact]
    public async Task A_predecessor_which_knows_no_bound_of_bytes_is_asked_for_no_more_segments_than_its_own_client_asks_for()
    {
        await using var rig = new ReceiverRig();
        rig.Add(isOurs: false).Add("news").Record(250);
        await rig.Start(chunk: 1000);
        await rig.UntilRead("news", 250);
        Assert.All(rig.Recorder.Bounds, bounds => Assert.Equal(100, bounds.Limit));
    }

    private static int Pulls(ReceiverRig rig) => rig.Recorder.Bounds.Count;

    private static int Kept(ReceiverRig rig, string show) =>
        rig.Stores.Names.Contains(show, StringComparer.Ordinal) ? rig.Stores[show].Segments.Count : 0;

    private static void TakeTime(ReceiverRig rig) =>
        rig.Recorder.OnRequest = (what, _, token) =>
            what == "segments" ? Task.Delay(TimeSpan.FromMilliseconds(100), rig.Time, token) : Task.CompletedTask;
}
