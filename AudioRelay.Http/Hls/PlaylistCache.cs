using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>
/// Keeps the text of playlists until the next commit of their show, so that a hundred listeners cost one of them. The oldest go when there
/// are too many.
/// </summary>
internal sealed class PlaylistCache
{
    private const int Most = 128;
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private readonly LinkedList<Key> _order = new();

    /// <summary>The playlist, made by <paramref name="make"/> if it is not here for this state of the store.</summary>
    public async Task<Made> GetAsync(IShowReader reader, string what, ShowInfo state, Func<Task<Made>> make)
    {
        var key = new Key(reader, what);
        var version = new Version(state.MinId, state.MaxId, state.JournalSeq, state.TargetSeconds);
        Task<Made> task;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Version == version && !entry.Task.IsFaulted && !entry.Task.IsCanceled)
            {
                task = entry.Task;
            }
            else
            {
                if (!_entries.ContainsKey(key))
                {
                    _order.AddLast(key);
                }

                task = Task.Run(make);
                _entries[key] = new Entry(version, task);
                while (_order.Count > Most)
                {
                    _entries.Remove(_order.First!.Value);
                    _order.RemoveFirst();
                }
            }
        }

        return await task;
    }

    /// <summary>A playlist, or why there is none.</summary>
    internal sealed record Made(Playlist? Playlist, PlaylistRefusal? Refusal);

    private sealed record Key(IShowReader Reader, string What);

    private readonly record struct Version(long? MinId, long? MaxId, long JournalSeq, int? TargetSeconds);

    private readonly record struct Entry(Version Version, Task<Made> Task);
}
