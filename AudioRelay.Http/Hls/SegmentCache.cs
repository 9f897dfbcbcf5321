namespace AudioRelay.Http.Hls;

/// <summary>
/// Segments as players take them, kept in memory while they are asked for: a hundred listeners of one live segment cost one read. Shared by
/// all shows; the least recently heard go when there are too many bytes.
/// </summary>
/// <remarks>
/// What a segment holds never changes, but retention may remove it: so after <see cref="Lifetime"/> it is looked up again. Only segments are
/// kept, not the answer that there is none, which may be another one a moment later.
/// </remarks>
/// <param name="mostBytes">Most bytes kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SegmentCache(long mostBytes, TimeProvider time)
{
    /// <summary>How long a removed segment may still be heard.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>One that takes more than this part of the room (a minute of WAV in a small cache) would throw out all others.</summary>
    private const int LargestPart = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<SegmentKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _order = new();

    /// <summary>Bytes kept now.</summary>
    public long Bytes { get; private set; }

    /// <summary>The segment; loaded by the first who asks, while others that ask for it wait for the same.</summary>
    /// <param name="key">Which one, of which store, in which form.</param>
    /// <param name="load">Reads it. Not cancelled when the first leaves: others may wait for it.</param>
    public async ValueTask<SegmentAnswer> GetAsync(SegmentKey key, Func<SegmentKey, Task<SegmentAnswer>> load)
    {
        Entry entry;
        bool first;
        lock (_gate)
        {
            first = !_entries.TryGetValue(key, out var known) || IsOver(known);
            if (first)
            {
                Forget(known);
                _entries[key] = entry = new Entry(key, time.GetTimestamp());
                _order.AddFirst(entry.Place);
            }
            else
            {
                entry = known!;
                _order.Remove(entry.Place);
                _order.AddFirst(entry.Place);
            }
        }

        return first ? await Load(entry, load) : await entry.Answer;
    }

    private bool IsOver(Entry entry) => entry.Answer.IsCompleted && time.GetElapsedTime(entry.Since) > Lifetime;

    private async Task<SegmentAnswer> Load(Entry entry, Func<SegmentKey, Task<SegmentAnswer>> load)
    {
        try
        {
            var answer = await load(entry.Key);
            Keep(entry, answer);
            entry.Loaded(answer);
            return answer;
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                Forget(entry);
            }

            entry.Failed(fault);
            throw;
        }
    }

    private void Keep(Entry entry, SegmentAnswer answer)
    {
        lock (_gate)
        {
            if (answer.Refusal is not null || answer.Body.Length > mostBytes / LargestPart)
            {
                Forget(entry);
                return;
            }

            entry.Size = answer.Body.Length;
            Bytes += entry.Size;
            // Those that are being loaded weigh nothing yet and are few: as many as there are connections.
            for (var oldest = _order.Last; Bytes > mostBytes && oldest is not null; oldest = _order.Last)
            {
                Forget(oldest.Value);
            }
        }
    }

    private void Forget(Entry? entry)
    {
        if (entry is not null && _entries.TryGetValue(entry.Key, out var known) && known == entry)
        {
            _entries.Remove(entry.Key);
            _order.Remove(entry.Place);
            Bytes -= entry.Size;
        }
    }

    private sealed class Entry
    {
        private readonly TaskCompletionSource<SegmentAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Entry(SegmentKey key, long since)
        {
            (Key, Since) = (key, since);
            Place = new LinkedListNode<Entry>(this);
        }

        public SegmentKey Key { get; }

        public long Since { get; }

        public LinkedListNode<Entry> Place { get; }

        public int Size { get; set; }

        public Task<SegmentAnswer> Answer => _answer.Task;

        public void Loaded(SegmentAnswer answer) => _answer.SetResult(answer);

        public void Failed(Exception fault)
        {
            _answer.SetException(fault);
            // Nobody else may be waiting; who loads it throws it on.
            _ = _answer.Task.Exception;
        }
    }
}
