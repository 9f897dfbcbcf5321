using System.Net;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresCrashTests(SharedPostgres shared)
{
    private const long Noon = 1_790_000_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_killed_in_mid_COPY_loses_nothing_and_keeps_nothing_twice()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.Start();
        await using var stores = PostgresTestStores.Open(PostgresTestStores.Options(server));
        var source = new SourceRecording().Open(Noon);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        for (var round = 0; round < 3; round++)
        {
            at = (await store.CommitAsync(at, source.Record(3).Pull(), Token)).Checkpoint;
            var batch = source.Record(400, data: id => SourceRecording.Bytes(id, 20_000)).Pull();
            var error = await Assert.ThrowsAsync<StorageException>(async () =>
                await store.CommitAsync(at, WatchedBytes.In(batch, 100, server.Kill), Token)
            );
            Assert.Equal(StorageFault.Unreachable, error.Fault);
            await server.Restart();
            Assert.Equal(at, await store.CheckpointAsync(Token));
            at = (await store.CommitAsync(at, batch, Token)).Checkpoint;
        }

        await AllHereAsync(store, 3 * 403);
    }

    [Fact]
    public async Task Of_a_pull_of_several_batches_nothing_is_seen_and_nothing_stays_before_its_commit()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.Start();
        await using var stores = PostgresTestStores.Open(PostgresTestStores.Options(server));
        var source = new SourceRecording().Open(Noon);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        PulledBatch[] batches = [source.Record(100).Pull(), source.Record(100).Pull(), source.Record(100).Pull()];
        PulledBatch[] interrupted = [batches[0], batches[1], WatchedBytes.In(batches[2], 50, server.Kill)];
        var (seen, asked) = (-1, 0);
        var error = await Assert.ThrowsAsync<StorageException>(async () =>
            await store.CommitAsync(
                at,
                interrupted[0],
                async () =>
                {
                    seen = (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count;
                    return interrupted[++asked];
                },
                Token
            )
        );
        Assert.Equal((StorageFault.Unreachable, 0, 2), (error.Fault, seen, asked));
        await server.Restart();
        Assert.Equal(at, await store.CheckpointAsync(Token));

        asked = 0;
        var commit = await store.CommitAsync(at, batches[0], () => new(++asked < 3 ? batches[asked] : null), Token);
        Assert.Equal((1L, 300, 3), (commit.Stored.FirstSegmentId, commit.Stored.Segments, asked));
        await AllHereAsync(store, 300);
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_checkpoint_tells()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        await using var proxy = new ChaosProxy(new IPEndPoint(IPAddress.Loopback, server.Port), TimeProvider.System, new Random(1));
        var options = PostgresTestStores.Options(server, maxConnections: 1);
        await using var stores = PostgresTestStores.Open(options with { Url = new UriBuilder(options.Url) { Port = proxy.Port }.Uri });
        var source = new SourceRecording().Open(Noon);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        at = (await store.CommitAsync(at, source.Record(5).Pull(), Token)).Checkpoint;
        await stores.Pool.CloseIdleAsync();
        var count = proxy.Connections.Count;
        at = (await store.CommitAsync(at, source.Record(5).Pull(), Token)).Checkpoint;
        // A further answer on the connection: those before it are in the proxy's copy then.
        await store.CheckpointAsync(Token);
        var committed = proxy.Connections[count].ToClient.AsSpan().IndexOf("COMMIT\0"u8);
        var toServer = proxy.Connections[count].ToServer.Length;

        var random = new Random(7);
        var (written, lost) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            await stores.Pool.CloseIdleAsync();
            // In the answer to the commit, or anywhere in what is sent.
            if (round % 2 == 0)
            {
                proxy.FromServer = new ChaosRules { CutAfterBytes = committed + random.Next(-5, 12) };
            }
            else
            {
                proxy.FromClient = new ChaosRules { CutAfterBytes = random.Next(1, toServer) };
            }

            var batch = source.Record(5).Pull();
            var error = await Record.ExceptionAsync(async () => await store.CommitAsync(at, batch, Token));
            (proxy.FromServer, proxy.FromClient) = (new ChaosRules(), new ChaosRules());
            var now = await store.CheckpointAsync(Token);
            if (error is not null)
            {
                Assert.Equal(StorageFault.Unreachable, Assert.IsType<StorageException>(error).Fault);
                var tried = await Record.ExceptionAsync(async () => await store.CommitAsync(at, batch, Token));
                if (now == at)
                {
                    lost++;
                    Assert.Null(tried);
                }
                else
                {
                    written++;
                    Assert.Equal(StorageFault.Fenced, Assert.IsType<StorageException>(tried).Fault);
                }
            }

            at = await store.CheckpointAsync(Token);
            Assert.Equal(source.NextId, at.NextId);
        }

        Assert.True(written > 0, "one commit at least has succeeded whose answer was lost");
        Assert.True(lost > 0, "one commit at least has not reached the server");
        await AllHereAsync(store, 42 * 5);
    }

    [Fact]
    public async Task Who_was_replaced_while_a_batch_was_under_way_writes_nothing_of_it()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var source = new SourceRecording().Open(Noon);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        await using var other = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var batch = source.Record(3).Pull();
        var claim = default(SyncCheckpoint);
        var interrupted = WatchedBytes.In(batch, 1, async () => claim = await other.ClaimAsync(Token));
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(at, interrupted, Token));
        Assert.Equal(StorageFault.Fenced, error.Fault);
        Assert.Equal(at with { Epoch = 2 }, claim);
        Assert.Empty(await store.Reader.JournalAsync(0, 10, Token));
        Assert.Equal(1, (await other.CommitAsync(claim!, batch, Token)).Stored.FirstSegmentId);
        await AllHereAsync(store, 3);
    }

    [Fact]
    public async Task A_commit_that_is_given_up_leaves_the_store_usable()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var source = new SourceRecording().Open(Noon);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var batch = source.Record(50, data: id => SourceRecording.Bytes(id, 20_000)).Pull();
        using var patience = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.CommitAsync(at, WatchedBytes.In(batch, 20, patience.CancelAsync), patience.Token)
        );
        Assert.Equal(at, await store.CheckpointAsync(Token));
        await store.CommitAsync(at, batch, Token);
        await AllHereAsync(store, 50);
    }

    private static async Task AllHereAsync(IReceivedStore store, int segments)
    {
        var listed = await store.Reader.SegmentsAsync(new SegmentQuery(WithHashes: true), Token);
        Assert.Equal(Enumerable.Range(1, segments).Select(i => (long)i), listed.Select(s => s.Id));
        Assert.Equal(segments * 96_000L, (await store.Reader.SectionAsync(Noon, Token))!.Samples);
        foreach (var info in listed)
        {
            var bytes = (await store.Reader.SegmentAsync(info.Id, Token)).Segment!.Data;
            Assert.Equal(SourceRecording.Bytes(info.Id, info.Size), bytes);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), info.Sha256);
        }
    }
}
