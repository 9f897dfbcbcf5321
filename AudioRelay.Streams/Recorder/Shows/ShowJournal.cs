using AudioRelay.Storage;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>A show's journal entries on their way to its store: in order, each once, kept for as long as the store cannot take them.</summary>
/// <remarks>Outlives the show's actor. A write that has begun is never called off, since nobody could then say whether it happened.</remarks>
internal sealed class ShowJournal(Func<StoreBatch, Task> commit)
{
    private const int MostWaiting = 1000;
    private readonly Lock _lock = new();
    private readonly Queue<(long AtUs, JournalBody Body)> _waiting = new();
    private bool _writing;

    /// <summary>Entries that are not in the store yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes an entry. <see cref="WriteAsync"/> must be called after it.</summary>
    /// <returns>False when there is no room for it, which only a disk brings about that stays full for days.</returns>
    public bool Add(long nowUs, JournalBody entry)
    {
        lock (_lock)
        {
            if (_waiting.Count == MostWaiting)
            {
                return false;
            }

            _waiting.Enqueue((nowUs, entry));
            return true;
        }
    }

    /// <summary>Writes all that waits; returns at once while another call is writing it.</summary>
    /// <exception cref="StorageException">The store did not take it; it waits on.</exception>
    public async Task WriteAsync()
    {
        while (Next() is { } batch)
        {
            var (count, written) = (batch.Items.Count, false);
            try
            {
                await commit(batch);
                written = true;
            }
            finally
            {
                Done(written ? count : 0);
            }
        }
    }

    private StoreBatch? Next()
    {
        lock (_lock)
        {
            if (_writing || _waiting.Count == 0)
            {
                return null;
            }

            _writing = true;
            var batch = new StoreBatch();
            foreach (var (atUs, body) in _waiting)
            {
                batch.Add(atUs, body);
            }

            return batch;
        }
    }

    private void Done(int written)
    {
        lock (_lock)
        {
            _writing = false;
            for (var entry = 0; entry < written; entry++)
            {
                _waiting.Dequeue();
            }
        }
    }
}
