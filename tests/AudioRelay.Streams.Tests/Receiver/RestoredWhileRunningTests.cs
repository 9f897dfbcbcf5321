using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>
/// A recorder whose file is put back from a backup while the receiver runs: the same store, which reaches less far than the receiver has
/// heard, and grows again.
/// </summary>
public sealed class RestoredWhileRunningTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_replace_source_everything_that_is_recorded_since_is_pulled(bool isOurs)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: isOurs).Add("news");
        Sections(news, 4);
        await rig.Start();
        await rig.UntilRead("news", 20);
        await GoAway(rig);
        news.Replace(news.UniqueId);
        news.Record(2);
        rig.Recorder.ComeBack();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.SourceReplaced);
        var answer = await rig.ReplaceSource("news");
        Assert.True(answer.Done, answer.Text);
        rig.Service.SyncNow();
        await RecordOn(rig, news, 25);

        Assert.Equal(Ids(20).Concat(Ids(27)), rig.Stores["news"].Segments.Select(s => s.SourceId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_behind_goes_on_and_skips_nothing(bool isOurs)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: isOurs).Add("news");
        Sections(news, 8);
        AtPull(rig, 3, () => rig.Recorder.GoAway());
        await rig.Start(chunk: 5);
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
        news.Restore(4);
        news.Record();
        rig.Recorder.ComeBack();
        await RecordOn(rig, news, 40);

        rig.AssertSame(news);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_pulls_meanwhile_and_does_not_see_it_go_away_skips_nothing(bool isOurs)
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: isOurs).Add("news");
        Sections(news, 8);
        AtPull(rig, 3, () => news.Restore(2)); // the third pull asks for what is not there any more
        await rig.Start(chunk: 5);
        await RecordOn(rig, news, 40);

        rig.AssertSame(news);
    }

    [Fact]
    public async Task What_was_fetched_ahead_of_the_journal_is_asked_for_again()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        var news = recorder.Add("news");
        var other = recorder.Add("other");
        Sections(news, 8);
        recorder.OnRequest = (what, show, token) =>
            what == "segments"
                ? Task.Delay(TimeSpan.FromMilliseconds(show == "other" ? 10_000 : 600), rig.Time, token)
                : Task.CompletedTask;
        rig.Stores.OnCall = (call, _) =>
        {
            if (call == "committed" && other.MaxId == 0)
            {
                other.Record(); // it waits for its turn now, and gets it when that of the news has lasted long enough
            }

            return Task.CompletedTask;
        };
        await rig.Start(parallel: 1, chunk: 5);
        await rig.PassTimeUntil(() => recorder.Requests.Contains("segments other"));
        var kept = rig.Stores["news"].Segments.Count;
        Assert.InRange(kept, 5, 20);
        recorder.GoAway();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
        recorder.OnRequest = (_, _, _) => Task.CompletedTask;
        news.Restore(kept / 5); // what waits of the journal is of none of its sections
        recorder.ComeBack();
        await RecordOn(rig, news, 20);

        rig.AssertSame(news);
        var known = news.Segments.Select(s => s.SectionId).ToHashSet();
        Assert.Equal(
            known,
            rig.Stores["news"].Journal.Select(e => e.Body).OfType<Storage.Journal.SectionOpened>().Select(o => o.Section).ToHashSet()
        );
    }

    private static void Sections(MemoryShow show, int sections)
    {
        for (var i = 0; i < sections; i++)
        {
            show.Record(5);
            show.NewSection();
        }
    }

    private static void AtPull(ReceiverRig rig, int number, Action then)
    {
        var pulls = 0;
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && Interlocked.Increment(ref pulls) == number)
            {
                then();
            }

            return Task.CompletedTask;
        };
    }

    private static async Task GoAway(ReceiverRig rig)
    {
        rig.Recorder.GoAway();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
    }

    private static async Task RecordOn(ReceiverRig rig, MemoryShow show, int segments)
    {
        for (var i = 0; i < segments; i++)
        {
            await rig.PassTime(TimeSpan.FromSeconds(12));
            show.Record();
        }

        await rig.PassTime(TimeSpan.FromMinutes(5));
    }

    private static IEnumerable<long> Ids(int last) => Enumerable.Range(1, last).Select(i => (long)i);
}
