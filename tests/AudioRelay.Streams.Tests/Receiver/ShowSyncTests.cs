using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver;

public sealed class ShowSyncTests
{
    [Fact]
    public async Task A_commit_whose_outcome_is_unknown_is_neither_repeated_nor_lost()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(25);
        var lost = 0;
        rig.Stores.OnCall = (call, _) =>
            call == "committed" && Interlocked.Increment(ref lost) == 2
                ? throw new StorageException(StorageFault.Unreachable, "The server broke off.")
                : Task.CompletedTask;
        await rig.Start(chunk: 5);

        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 25 });
        rig.AssertSame(news);
    }

    [Theory]
    [InlineData(StorageFault.DiskFull, ShowSyncState.DiskFull)]
    [InlineData(StorageFault.Unreachable, ShowSyncState.StoreFault)]
    [InlineData(StorageFault.IoError, ShowSyncState.StoreFault)]
    [InlineData(StorageFault.RuleBroken, ShowSyncState.BadData)]
    public async Task A_trouble_of_the_store_is_told_once_and_tried_again_until_it_is_over(StorageFault fault, ShowSyncState expected)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(5);
        var isBroken = true;
        rig.Stores.OnCall = (call, _) =>
            call == "commit" && Volatile.Read(ref isBroken) ? throw new StorageException(fault, "What is wrong.") : Task.CompletedTask;
        await rig.Start();
        Assert.Equal("What is wrong.", (await rig.Until("news", expected)).Detail);
        await rig.PassTime(TimeSpan.FromMinutes(2));
        Assert.Equal(expected, rig.Service.Board.Find("news")?.State);

        Volatile.Write(ref isBroken, false);
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 5 });
        rig.AssertSame(news);
        var log = rig.System.Log("/receiver/remotes/remote/shows/news")!;
        Assert.Single(log, line => line.Text.Contains("What is wrong.", StringComparison.Ordinal));
        Assert.Single(log, line => line.Text.StartsWith("goes on after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_that_come_while_a_pull_runs_are_pulled_at_once()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(1);
        var asked = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && asked.TrySetResult())
            {
                return goOn.Task;
            }

            return Task.CompletedTask;
        };
        await rig.Start();
        await asked.Task.Guarded("the first pull");
        news.Record(2);
        goOn.SetResult();

        await rig.UntilRead("news", 3); // without the clock having moved
        rig.AssertSame(news);
    }

    [Fact]
    public async Task Shows_pull_in_parallel_under_one_cap_over_all_recorders()
    {
        await using var rig = new ReceiverRig();
        var both = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        foreach (var name in (string[])["one", "two"])
        {
            var recorder = rig.Add(name);
            recorder.OnRequest = async (what, _, _) =>
            {
                if (what != "segments")
                {
                    return;
                }

                var now = Interlocked.Increment(ref both);
                InterlockedMax(ref most, now);
                if (now == 3)
                {
                    full.TrySetResult();
                }

                await goOn.Task;
                Interlocked.Decrement(ref both);
            };
            for (var show = 0; show < 4; show++)
            {
                recorder.Add($"{name}{show}").Record(3);
            }
        }

        await rig.Start(parallel: 3);
        await full.Task.Guarded("three pulls at a time");
        goOn.SetResult();
        foreach (var name in (string[])["one", "two"])
        {
            for (var show = 0; show < 4; show++)
            {
                await rig.UntilRead($"{name}{show}", 3);
            }
        }

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_show_that_no_recorder_feeds_any_more_stays_listed()
    {
        var stores = new MemoryStores();
        await using (var rig = new ReceiverRig { Stores = stores })
        {
            rig.Add("attic").Add("old").Record(3);
            await rig.Start();
            await rig.UntilRead("old", 3);
        }

        await using var after = new ReceiverRig { Stores = stores };
        after.Add("cellar").Add("new").Record();
        await after.Start();
        await after.UntilRead("new", 1);
        Assert.Equal(["new", "old"], after.Service.Shows.Select(s => s.Name));
        var old = after.Service.Board.Find("old");
        Assert.Equal((null, ShowSyncState.NotOffered, 3L), (old?.Remote, old?.State, old?.ReadId));
    }

    [Fact]
    public async Task Retention_runs_after_the_start_and_hourly_also_while_the_recorder_is_away()
    {
        await using var rig = new ReceiverRig();
        rig.Add().Add("news").Record(2);
        await rig.Start([new WantedShow("news", TimeSpan.FromHours(24))]);
        await rig.UntilRead("news", 2);
        rig.Recorder.GoAway();
        await rig.PassTime(TimeSpan.FromHours(3.5));

        var retained = rig.Stores["news"].Retained;
        Assert.Equal(4, retained.Count);
        var noon = new DateTimeOffset(2026, 1, 14, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
        Assert.Equal(noon, retained[0]);
        Assert.All(retained.Zip(retained.Skip(1)), pair => Assert.InRange((pair.Second - pair.First) / 3.6e9, 1, 1.01));
    }

    [Fact]
    public async Task A_recorder_that_does_not_push_is_asked_every_interval()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: false).Add("news");
        news.Record(2);
        await rig.Start();
        var status = await rig.UntilRead("news", 2);
        Assert.False(status.Verified);
        Assert.False(rig.Service.Board.Now.Remotes[0].Pushes);
        news.Record(2);
        await rig.PassTime(TimeSpan.FromSeconds(59));
        Assert.Equal(2, rig.Stores["news"].Segments.Count);
        await rig.PassTime(TimeSpan.FromSeconds(2));
        await rig.UntilRead("news", 4);
    }

    [Fact]
    public async Task A_recorder_without_news_is_asked_for_its_list_and_not_about_each_show()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.Add("news").Record(2);
        await rig.Start();
        await rig.UntilRead("news", 2);
        await rig.PassTime(TimeSpan.FromMinutes(5));
        Assert.Single(recorder.Requests, "metadata news");
        Assert.InRange(recorder.Requests.Count(r => r == "shows"), 5, 6);

        recorder.Remove("news");
        await rig.PassTime(TimeSpan.FromMinutes(1));
        Assert.Equal(ShowSyncState.NotOffered, rig.Service.Board.Find("news")?.State);
    }

    [Fact]
    public async Task A_recorder_that_was_away_is_followed_again_and_both_are_logged_once()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(2);
        await rig.Start();
        await rig.UntilRead("news", 2);
        rig.Recorder.GoAway();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
        await rig.PassTime(TimeSpan.FromMinutes(10));
        news.Record(3);
        rig.Recorder.ComeBack();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 5 });
        news.Record();
        await rig.UntilRead("news", 6); // pushed again

        var log = rig.System.Log("/receiver/remotes/remote")!;
        Assert.Single(log, line => line.Text.StartsWith("recorder_away", StringComparison.Ordinal));
        Assert.Single(log, line => line.Text.StartsWith("there again after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pull_that_fails_while_the_recorder_is_there_asks_first_whether_it_is_still_the_same()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        var failed = false;
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && !failed)
            {
                failed = true;
                news.Replace("db_new"); // restarted with another file
                news.Record(2);
                throw new RecorderException(RecorderFault.Unreachable, "The connection broke.");
            }

            return Task.CompletedTask;
        };
        await rig.Start();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.SourceReplaced);
        Assert.Empty(rig.Stores["news"].Segments);
    }

    [Fact]
    public async Task Stopping_waits_for_the_commit_that_has_begun()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        rig.Stores.OnCall = (call, _) =>
        {
            if (call == "commit")
            {
                begun.TrySetResult();
                return goOn.Task;
            }

            return Task.CompletedTask;
        };
        await rig.Start();
        await begun.Task.Guarded("a commit");
        var stopping = rig.Stop();
        Assert.False(stopping.IsCompleted);
        goOn.SetResult();
        await stopping.Guarded("the stop");
        Assert.Equal(3, rig.Stores["news"].Segments.Count);
    }

    [Fact]
    public async Task While_it_catches_up_the_board_is_told_a_few_times_a_second_with_rate_and_time_left()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(100);
        rig.Recorder.OnRequest = async (what, _, token) =>
        {
            if (what == "segments")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), rig.Time, token);
            }
        };
        await rig.Start(chunk: 1);
        var posts = new List<ShowSyncStatus>();
        await rig.PassTimeUntil(() =>
        {
            var now = rig.Service.Board.Find("news")!;
            if (posts is [] || posts[^1] != now)
            {
                posts.Add(now);
            }

            return now is { State: ShowSyncState.UpToDate, ReadId: 100 };
        });

        var pulling = posts.Where(p => p.State == ShowSyncState.Pulling).ToList();
        Assert.InRange(pulling.Count, 5, 45); // 10 s, four a second
        Assert.Contains(pulling, p => p is { BytesPerSecond: > 500 and < 1500, TimeLeft: not null, CatchUpTotal: 100 });
    }

    [Fact]
    public async Task Everybody_can_see_what_each_actor_does_and_since_when()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        await rig.Start();
        await rig.UntilRead("news", 3);
        await rig.Settle();
        Assert.StartsWith(
            "up_to_date since 01-15 12:00:00Z at 3 of 3",
            rig.State("/receiver/remotes/remote/shows/news"),
            StringComparison.Ordinal
        );
        Assert.Equal("there since 01-15 12:00:00Z, tells of commits", rig.State("/receiver/remotes/remote"));
        Assert.Equal("shows: 1, all that the recorder has", rig.State("/receiver/remotes/remote/shows"));
        Assert.Equal("nobody pulls, 4 at a time", rig.State("/receiver/turns"));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }

    [Fact]
    public async Task What_only_the_journal_tells_arrives_also_when_a_proxy_holds_the_stream_back()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.OnRequest = (what, _, token) => what == "events" ? new TaskCompletionSource().Task.WaitAsync(token) : Task.CompletedTask;
        var news = recorder.Add("news");
        news.Record(3);
        await rig.Start();
        var first = await rig.UntilRead("news", 3);
        news.NewSection();
        var later = rig.Until("news", s => s.LastCommitUs > first.LastCommitUs, "the end of the section");
        rig.Time.Advance(TimeSpan.FromSeconds(61));
        await later;
        Assert.Contains(rig.Stores["news"].Journal, e => e.Body is SectionClosed);
    }
}
