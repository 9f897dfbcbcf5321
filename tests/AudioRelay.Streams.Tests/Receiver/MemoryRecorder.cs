using System.Runtime.CompilerServices;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A recorder without sockets: shows that a test records to, and troubles that it brings about.</summary>
internal sealed class MemoryRecorder
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryShow> _shows = new(StringComparer.Ordinal);
    private readonly CommitFeed _feed = new();
    private TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False: as the predecessor, which neither pushes nor has a journal.</summary>
    public bool IsOurs { get; set; } = true;

    /// <summary>Thrown by every call; null: it is there.</summary>
    public RecorderException? Away { get; private set; }

    /// <summary>Called before each request with its name and show; may throw or wait.</summary>
    public Func<string, string, CancellationToken, Task> OnRequest { get; set; } = static (_, _, _) => Task.CompletedTask;

    /// <summary>Requests so far, as "segments news 1-5".</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The bounds of each request for segments so far: how many, and how many bytes.</summary>
    public List<(int Limit, long MaxBytes)> Bounds { get; } = [];

    /// <summary>Requests that are being answered, and the most there ever were at a time.</summary>
    public (int Now, int Most) Pulling { get; private set; }

    /// <summary>How many follow its commits.</summary>
    public int Streams => _feed.Followers;

    public MemoryShow Add(string name, string? uniqueId = null, string format = "opus", string bitrate = "16")
    {
        lock (_lock)
        {
            return _shows[name] = new MemoryShow(name, uniqueId ?? $"db_{name}", format, bitrate, _feed);
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            _shows.Remove(name);
        }
    }

    public void GoAway(RecorderFault fault = RecorderFault.Unreachable, string text = "No answer from http://recorder.")
    {
        Away = new RecorderException(fault, text);
        BreakStreams();
    }

    public void ComeBack() => Away = null;

    public void BreakStreams() =>
        Interlocked.Exchange(ref _broken, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public IRecorderClient Connect() => new Client(this);

    private MemoryShow Find(string show)
    {
        lock (_lock)
        {
            return _shows.GetValueOrDefault(show) ?? throw new RecorderException(RecorderFault.NoSuchShow, $"There is no show '{show}'.");
        }
    }

    private async Task Begin(string what, string show, CancellationToken token)
    {
        lock (_lock)
        {
            Requests.Add($"{what} {show}".Trim());
        }

        await OnRequest(what.Split(' ')[0], show, token);
        if (Away is { } away)
        {
            throw away;
        }
    }

    private sealed class Client(MemoryRecorder recorder) : IRecorderClient
    {
        public void Dispose() { }

        public async Task<IReadOnlyList<OfferedShow>> ShowsAsync(CancellationToken token)
        {
            await recorder.Begin("shows", "", token);
            lock (recorder._lock)
            {
                // The predecessor lists a show with its first sound.
                return
                [
                    .. recorder
                        ._shows.Values.Where(s => recorder.IsOurs || s.MaxId > 0)
                        .Select(s => new OfferedShow(s.Name, s.MinId, s.MaxId)),
                ];
            }
        }

        public async Task<ShowMetadata> MetadataAsync(string show, CancellationToken token)
        {
            await recorder.Begin("metadata", show, token);
            return recorder.Find(show).Metadata(recorder.IsOurs);
        }

        public async Task<IReadOnlyList<OfferedSection>> SectionsAsync(string show, CancellationToken token)
        {
            await recorder.Begin("sections", show, token);
            return [];
        }

        public async Task<SegmentBatch> SegmentsAsync(
            string show,
            long fromId,
            long toId,
            int limit,
            long maxBytes,
            CancellationToken token
        )
        {
            lock (recorder._lock)
            {
                recorder.Bounds.Add((limit, maxBytes));
                recorder.Pulling = (recorder.Pulling.Now + 1, Math.Max(recorder.Pulling.Most, recorder.Pulling.Now + 1));
            }

            try
            {
                await recorder.Begin("segments", show, token);
                var segments = recorder.Find(show).Read(fromId, toId, limit, recorder.IsOurs);
                var version = recorder.IsOurs ? WireVersion.Two : WireVersion.One;
                return new SegmentBatch(segments, version, segments.Sum(s => (long)s.Data.Length));
            }
            finally
            {
                lock (recorder._lock)
                {
                    recorder.Pulling = recorder.Pulling with { Now = recorder.Pulling.Now - 1 };
                }
            }
        }

        public async Task<JournalPage?> JournalAsync(string show, long afterSeq, CancellationToken token)
        {
            await recorder.Begin("journal", show, token);
            return recorder.IsOurs ? recorder.Find(show).JournalAfter(afterSeq) : null;
        }

        public async Task<FoundSections> FindByTimestampAsync(string show, long timestampMs, CancellationToken token)
        {
            await recorder.Begin("find", show, token);
            return recorder.Find(show).Around(timestampMs);
        }

        public async Task<(long? MinId, long? MaxId)> SegmentRangeAsync(string show, long sectionId, CancellationToken token)
        {
            await recorder.Begin("range", show, token);
            return recorder.Find(show).RangeOf(sectionId);
        }

        public async IAsyncEnumerable<ShowPosition> EventsAsync([EnumeratorCancellation] CancellationToken token)
        {
            await recorder.Begin("events", "", token);
            if (!recorder.IsOurs)
            {
                throw new NotSupportedException("It does not push.");
            }

            var broken = recorder._broken.Task;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
            await using var positions = recorder._feed.Follow(either.Token).GetAsyncEnumerator(either.Token);
            while (true)
            {
                var next = positions.MoveNextAsync().AsTask();
                if (await Task.WhenAny(next, broken) == broken)
                {
                    await either.CancelAsync();
                    await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                    yield break;
                }

                await next;
                yield return positions.Current;
            }
        }
    }
}
