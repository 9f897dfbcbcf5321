using AudioRelay.Actors;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A whole receiver on a clock that the test moves, with recorders and stores in memory.</summary>
internal sealed class ReceiverRig : IAsyncDisposable
{
    private readonly Dictionary<string, MemoryRecorder> _recorders = new(StringComparer.Ordinal);
    private ReceiverService? _service;

    public ManualTime Time { get; } = new();

    public MemoryStores Stores { get; init; } = new();

    public CommitFeed Feed { get; } = new();

    public ActorSystem System { get; private set; } = null!;

    public ReceiverService Service => _service!;

    /// <summary>The only recorder, where there is only one.</summary>
    public MemoryRecorder Recorder => _recorders["remote"];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public MemoryRecorder Add(string name = "remote", bool isOurs = true) => _recorders[name] = new MemoryRecorder { IsOurs = isOurs };

    public async Task Start(IReadOnlyList<WantedShow>? shows = null, int parallel = 4, int chunk = 10)
    {
        System = new ActorSystem(Time, new Random(7));
        var parts = new ReceiverParts(Stores, Feed, Time, () => new Random(7), plan => _recorders[plan.Name].Connect())
        {
            ParallelPulls = parallel,
            ChunkSize = chunk,
        };
        var plans = _recorders
            .Keys.Select(name => new RemotePlan(name, new Uri($"http://user:secret@{name}/below/"), null, shows))
            .ToList();
        _service = await ReceiverService.StartAsync(System, parts, plans, Token);
    }

    public async Task Stop()
    {
        if (_service is { } service)
        {
            _service = null;
            Assert.True((await service.StopAsync()).Complete);
        }
    }

    /// <summary>Awaits a state of a show.</summary>
    public Task<ShowSyncStatus> Until(string show, ShowSyncState state) => Until(show, s => s.State == state, state.ToString());

    /// <summary>Awaits that all of what its recorder has is here.</summary>
    public Task<ShowSyncStatus> UntilRead(string show, long id) =>
        Until(show, s => s.State == ShowSyncState.UpToDate && s.ReadId == id, $"segment {id}");

    public async Task<ShowSyncStatus> Until(string show, Func<ShowSyncStatus, bool> isSo, string awaited)
    {
        async Task<ShowSyncStatus> Find()
        {
            await foreach (var report in Service.Board.Follow(Token))
            {
                if (report.Shows.FirstOrDefault(s => s.Show == show) is { } found && isSo(found))
                {
                    return found;
                }
            }

            throw new InvalidOperationException("The board ended.");
        }

        var finding = Find();
        try
        {
            return await finding.Guarded(awaited);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} The board says {string.Join("; ", Service.Board.Now.Shows)}", late);
        }
    }

    public async Task<RemoteStatus> UntilRemote(Func<RemoteStatus, bool> isSo, string name = "remote")
    {
        async Task<RemoteStatus> Find()
        {
            await foreach (var report in Service.Board.Follow(Token))
            {
                if (report.Remotes.FirstOrDefault(r => r.Name == name) is { } found && isSo(found))
                {
                    return found;
                }
            }

            throw new InvalidOperationException("The board ended.");
        }

        return await Find().Guarded($"recorder {name}");
    }

    /// <summary>The kept segments are the recorder's, byte for byte and once.</summary>
    public void AssertSame(MemoryShow show, string? name = null)
    {
        var kept = Stores[name ?? show.Name].Segments;
        var recorded = show.Segments;
        Assert.Equal(recorded.Select(s => s.Id), kept.Select(s => s.SourceId));
        foreach (var (a, b) in recorded.Zip(kept))
        {
            Assert.True(a.Data.Span.SequenceEqual(b.Data), $"segment {a.Id}");
        }
    }

    public async ValueTask DisposeAsync() => await Stop();
}
