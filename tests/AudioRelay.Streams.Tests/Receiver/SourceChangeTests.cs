using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>The recorder offers something else under the same name.</summary>
public sealed class SourceChangeTests
{
    [Fact]
    public async Task Another_store_at_the_recorder_stops_the_pulls_and_what_is_kept_stays_listed_until_the_source_is_replaced()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(5);
        await rig.Start();
        await rig.UntilRead("news", 5);
        news.Replace("db_new");
        news.Record(3);

        var status = await rig.Until("news", ShowSyncState.SourceReplaced);
        Assert.Contains("audiorelay replace-source --show 'news'", status.Detail, StringComparison.Ordinal);
        Assert.Equal(5, rig.Stores["news"].Segments.Count);
        Assert.Single(rig.Service.Shows);

        var answer = await rig.ReplaceSource("NEWS");
        Assert.True(answer.Done, answer.Text);
        rig.Service.SyncNow();
        await rig.UntilRead("news", 3);
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3], rig.Stores["news"].Segments.Select(s => s.SourceId));
    }

    [Fact]
    public async Task A_recorder_that_comes_back_from_a_backup_is_not_gone_on_with_though_it_is_ahead()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(5);
        await rig.Start();
        await rig.UntilRead("news", 5);
        rig.Recorder.GoAway();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
        news.Replace(news.UniqueId);
        news.Record(9);
        rig.Recorder.ComeBack();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.SourceReplaced);
        Assert.Equal(5, rig.Stores["news"].Segments.Count);
    }

    [Fact]
    public async Task Another_format_at_the_recorder_is_told_and_nothing_of_it_is_pulled()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(2);
        await rig.Start();
        await rig.UntilRead("news", 2);
        news.Format = "aac";
        rig.Service.SyncNow();
        Assert.Contains("aac", (await rig.Until("news", ShowSyncState.FormatChanged)).Detail, StringComparison.Ordinal);
        news.Record();
        Assert.Equal(2, rig.Stores["news"].Segments.Count);
    }
}
