using System.Security.Cryptography;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A recorder whose file was put back from a backup: the same store, which gives ids a second time. Kept in real files.</summary>
public sealed class RestoredBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_goes_on_after_replace_source_and_what_is_kept_stays(bool isOurs)
    {
        var recorder = new MemoryRecorder { IsOurs = isOurs };
        var news = recorder.Add("news");
        news.Record(3);
        news.NewSection();
        news.Record(2);
        Assert.Equal(ShowSyncState.UpToDate, (await Pass(recorder)).State);
        news.Replace(news.UniqueId); // ids begin anew
        news.Record(2);
        Assert.Equal(ShowSyncState.SourceReplaced, (await Pass(recorder)).State);

        await using (var stores = Stores())
        {
            var answer = await new ReplaceSource(stores, [FileReceiver.Remote], _ => recorder.Connect()).RunAsync("news", Token);
            Assert.True(answer.Done, answer.Text);
        }

        var status = await Pass(recorder);
        Assert.True(status.State == ShowSyncState.UpToDate, status.ToString());
        await using var after = Stores();
        await using var store = await after.OpenAsync("news", Token);
        Assert.Equal(7, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_noticed_also_when_it_has_recorded_past_what_is_kept(bool isOurs)
    {
        var recorder = new MemoryRecorder { IsOurs = isOurs };
        var news = recorder.Add("news");
        news.Record(3);
        news.NewSection();
        news.Record(2);
        Assert.Equal(ShowSyncState.UpToDate, (await Pass(recorder)).State);
        Assert.Equal(ShowSyncState.UpToDate, (await Pass(recorder)).State); // it is the same as long as it is
        news.Replace(news.UniqueId);
        news.Record(3);
        news.NewSection();
        news.Record(4);
        var noticed = await Pass(recorder);
        Assert.Equal(ShowSyncState.SourceReplaced, noticed.State);
        Assert.Contains("other sound as segment 5", noticed.Detail, StringComparison.Ordinal);

        await using (var stores = Stores())
        {
            var answer = await new ReplaceSource(stores, [FileReceiver.Remote], _ => recorder.Connect()).RunAsync("news", Token);
            Assert.True(answer.Done, answer.Text);
        }

        Assert.Equal((ShowSyncState.UpToDate, 7L), await Pass(recorder) is var after ? (after.State, after.ReadId) : default);
        await using var kept = Stores();
        await using var store = await kept.OpenAsync("news", Token);
        Assert.Equal(12, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task A_receiver_that_was_put_back_pulls_again_what_came_since()
    {
        var recorder = new MemoryRecorder();
        var news = recorder.Add("news");
        news.Record(3);
        await Pass(recorder);
        using var backup = new TemporaryFolder();
        Copy(_folder.Path, backup.Path);
        news.Record(4);
        await Pass(recorder);
        Directory.Delete(_folder.File("shows"), recursive: true);
        Copy(backup.Path, _folder.Path);
        news.Record(1);
        Assert.Equal((ShowSyncState.UpToDate, 8L), await Pass(recorder) is var after ? (after.State, after.ReadId) : default);
        await using var kept = Stores();
        await using var store = await kept.OpenAsync("news", Token);
        var segments = await store.Reader.ReadSegmentsAsync(1, 100, 100, 1 << 20, Token);
        Assert.Equal(news.Segments.Select(s => s.Sha256.ToArray()), segments.Select(s => SHA256.HashData(s.Data)));
    }

    public void Dispose() => _folder.Dispose();

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteReceivedStores Stores() => FileReceiver.Stores(_folder.Path);

    private async Task<ShowSyncStatus> Pass(MemoryRecorder recorder)
    {
        await using var receiver = await FileReceiver.Start(_folder.Path, recorder);
        var pass = await receiver.Pass();
        await receiver.Service.StopAsync();
        return Assert.Single(pass.Report.Shows);
    }
}
