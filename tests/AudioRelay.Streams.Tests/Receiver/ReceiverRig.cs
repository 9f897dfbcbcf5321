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

    /// <summary>A recorder that was there before this receiver.</summary>
    public void Add(string name, MemoryRecorder recorder) => _recorders[name] = recorder;

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

    /// <summary>What an actor says of itself.</summary>
    public string? State(string path) => System.Find(path)?.State;

    /// <summary>Awaits that an actor says something of itself, in the middle of what it does.</summary>
    public async Task Says(string path, string text)
    {
        using var patience = new CancellationTokenSource(Guard.Limit);
        while (State(path)?.Contains(text, StringComparison.Ordinal) is not true)
        {
            Assert.False(patience.IsCancellationRequested, $"{path} says: {State(path)}");
            await Task.Yield();
        }
    }

    /// <summary>Replaces a show's source as the command does, with the receiver's stores and recorders.</summary>
    public Task<ReplaceSourceAnswer> ReplaceSource(string show) =>
        new ReplaceSource(Stores, Plans(null), plan => _recorders[plan.Name].Connect()).RunAsync(show, Token);

    /// <summary>Time goes by, from one timer to the next, each when everything that the one before set off has come to rest.</summary>
    public async Task PassTime(TimeSpan time)
    {
        var until = Time.Elapsed + time;
        while (true)
        {
            await Settle();
            var left = until - Time.Elapsed;
            var next = Time.ArmedTimers is [var soonest, ..] && soonest < left ? soonest : left;
            Time.Advance(next);
            if (next == left)
            {
                await Settle();
                return;
            }
        }
    }

    /// <summary>Time goes by until something is so.</summary>
    public async Task PassTimeUntil(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Guard.Limit);
        while (true)
        {
            await Settle();
            if (isSo())
            {
                return;
            }

            Assert.False(patience.IsCancellationRequested, $"It did not come to that: {string.Join("; ", Service.Board.Now.Shows)}");
            Time.Advance(await Time.AnyArmed());
        }
    }

    /// <summary>Awaits that only timers, and recorders with nothing to tell, are waited for.</summary>
    public async Task Settle()
    {
        using var patience = new CancellationTokenSource(Guard.Limit);
        for (var quiet = 0; quiet < 3; quiet = IsQuiet() ? quiet + 1 : 0)
        {
            Assert.False(
                patience.IsCancellationRequested,
                string.Join('\n', System.Tree().Flatten().Select(a => $"{a.Path} {a.Handling} {a.Pending} {a.State}"))
            );
            await Task.Yield();
        }
    }

    /// <summary>Every actor counts its timers and its piped work: what is no timer is work, or a recorder's stream.</summary>
    private bool IsQuiet()
    {
        var pending = System.Tree().Flatten().Sum(actor => actor.Pending);
        return System.IsAtRest && pending - Time.ArmedTimers.Count <= _recorders.Values.Sum(recorder => recorder.Streams);
    }

    private List<RemotePlan> Plans(IReadOnlyList<WantedShow>? shows) =>
        [.. _recorders.Keys.Select(name => new RemotePlan(name, new Uri($"http://user:secret@{name}/below/"), null, shows))];

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
