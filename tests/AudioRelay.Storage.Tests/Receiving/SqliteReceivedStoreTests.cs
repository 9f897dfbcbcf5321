using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>What only received files have to promise; the rest is in <see cref="ReceivedStoreConformance"/>.</summary>
public sealed class SqliteReceivedStoreTests : IDisposable
{
    private const long Noon = 1_790_000_000_000_000;

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string PathOf(string show) => Path.Combine(_folder.Path, "shows", show + ".sqlite");

    private SqliteReceivedStores Open(StoreOptions? options = null, int threads = 2) =>
        SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(1), threads, options);

    [Fact]
    public async Task A_recorder_refuses_a_received_file_and_a_receiver_a_recorders()
    {
        await using (var stores = Open())
        {
            await (await stores.OpenOrCreateAsync(new SourceRecording().Show, Token)).DisposeAsync();
        }

        var recording = Assert.Throws<StorageException>(() => Recording.Create(PathOf("show")));
        Assert.Equal(StorageFault.IsRecipient, recording.Fault);
        Assert.Equal("Cannot record to a recipient database. This database is configured for syncing only.", recording.Message);

        Recording.Create(PathOf("recorded"), Recording.Opus("recorded")).Dispose();
        await using var again = Open();
        var receiving = await Assert.ThrowsAsync<StorageException>(async () => await again.OpenAsync("recorded", Token));
        Assert.Equal(StorageFault.NotARecipient, receiving.Fault);
        Assert.Equal("false", Sql.Scalar(PathOf("recorded"), "select value from metadata where key = 'is_recipient'"));
        // Listed with its fault beside the others, which it does not disturb.
        var listed = await again.ListAsync(Token);
        Assert.Equal([("recorded", StorageFault.NotARecipient), ("show", null)], listed.Select(s => (s.Name, s.Fault?.Fault)));
    }

    [Fact]
    public async Task A_damaged_file_is_listed_with_its_fault()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf("broken"))!);
        await File.WriteAllTextAsync(PathOf("broken"), new string('x', 5000), Token);
        await using var stores = Open();
        var show = Assert.Single(await stores.ListAsync(Token));
        Assert.Equal(("broken", StorageFault.NotADatabase), (show.Name, show.Fault?.Fault));
    }

    [Fact]
    public async Task A_second_process_finds_the_show_locked_and_a_second_user_in_this_one_does_not()
    {
        await using var stores = Open();
        var source = new SourceRecording().Open(Noon).Record(1);
        var first = await stores.OpenOrCreateAsync(source.Show, Token);
        var second = await stores.OpenAsync("show", Token);
        Assert.Equal(
            StorageFault.Locked,
            Assert.Throws<StorageException>(() => StoreFile.Open(PathOf("show"), "receiving", _ => { })).Fault
        );
        await first.DisposeAsync();
        await second.CommitAsync(await second.ClaimAsync(Token), source.Pull(), Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await first.CheckpointAsync(Token));
        await second.DisposeAsync();
        StoreFile.Open(PathOf("show"), "receiving", _ => { }).Dispose();
    }

    [Fact]
    public async Task The_predecessors_keys_for_AAC_are_kept_and_the_rate_that_nobody_knew()
    {
        var source = new SourceRecording
        {
            Codec = "aac",
            Show = new SourceRecording().Show with { AudioFormat = "aac", SampleRate = "0" },
        };
        await using var stores = Open();
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Open(Noon, 1600, 1024).Record(1).Pull(), Token);
        object? Key(string key) => Sql.Scalar(PathOf("show"), $"select value from metadata where key = '{key}'");
        Assert.Equal(("1600", "1024", "48000"), (Key("aac_encoder_delay"), Key("aac_frame_size"), Key("sample_rate")));
        Assert.Equal(("true", "4", source.Show.UniqueId), (Key("is_recipient"), Key("version"), Key("source_unique_id")));
    }

    [Fact]
    public async Task Source_and_local_id_stand_beside_each_other()
    {
        var source = new SourceRecording("db_far", firstId: 900).Open(Noon).Record(2);
        await using var stores = Open();
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token);
        const string Ids =
            "select group_concat(segment_id || '=' || store || ':' || source_id, ' ') from segment_facts join sources on sources.id = source";
        Assert.Equal("1=db_far:900 2=db_far:901", Sql.Scalar(PathOf("show"), Ids));
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_written_and_the_batch_can_be_tried_again()
    {
        var source = new SourceRecording().Open(Noon);
        SyncCheckpoint at;
        PulledBatch batch;
        await using (var stores = Open(new StoreOptions { MaxPages = 200 }))
        {
            await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
            at = await store.ClaimAsync(Token);
            while (true)
            {
                batch = source.Record(5, data: id => SourceRecording.Bytes(id, 10_000)).Pull();
                try
                {
                    at = (await store.CommitAsync(at, batch, Token)).Checkpoint;
                }
                catch (StorageFullException)
                {
                    break;
                }
            }

            Assert.Equal(at, await store.CheckpointAsync(Token));
            await Assert.ThrowsAsync<StorageFullException>(async () => await store.CommitAsync(at, batch, Token));
            Assert.Equal(at.NextId - 1, (await store.Reader.InfoAsync(Token)).MaxId ?? 0);
        }

        await using var roomy = Open();
        await using var again = await roomy.OpenAsync("show", Token);
        at = (await again.CommitAsync(at, batch, Token)).Checkpoint;
        Assert.Equal(source.NextId, at.NextId);
        var segments = await again.Reader.ReadSegmentsAsync(1, at.NextId, 1000, long.MaxValue, Token);
        Assert.Equal(Enumerable.Range(1, (int)at.NextId - 1).Select(i => (long)i), segments.Select(s => s.Info.Id));
        Assert.All(segments, s => Assert.Equal(SourceRecording.Bytes(s.Info.Id, 10_000), s.Data));
        Assert.Equal("ok", Sql.Scalar(PathOf("show"), "pragma integrity_check"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Many_shows_share_a_few_threads(int threads)
    {
        await using var stores = Open(threads: threads);
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async i =>
                {
                    var source = new SourceRecording($"db_{i}", name: $"show{i}").Open(Noon);
                    await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
                    var at = await store.ClaimAsync(Token);
                    for (var n = 0; n < 5; n++)
                    {
                        at = (await store.CommitAsync(at, source.Record(2).Pull(), Token)).Checkpoint;
                    }
                })
        );
        Assert.Equal(12, (await stores.ListAsync(Token)).Count);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(10L, Sql.Scalar(PathOf($"show{i}"), "select count(*) from segments"));
        }
    }

    [Fact]
    public async Task Stores_that_are_closed_finish_what_is_queued_and_take_nothing_more()
    {
        var source = new SourceRecording().Open(Noon).Record(2);
        var stores = Open();
        var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var commit = store.CommitAsync(at, source.Pull(), Token).AsTask();
        await stores.DisposeAsync();
        Assert.Equal(2, (await commit).Stored.MaxId);
        await Assert.ThrowsAsync<StorageException>(async () => await store.CheckpointAsync(Token));
        await store.DisposeAsync();
        StoreFile.Open(PathOf("show"), "receiving", _ => { }).Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
