using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>
/// Keeps the text of playlists until a commit of their show concerns them, so that a hundred listeners cost one of them. One that may still
/// grow is made again after each commit and, as the clock has a say in whether it does, after a moment; a finished one only when what it
/// was made of is not all there any more. The oldest go when there are too many.
/// </summary>
internal sealed class PlaylistCache
{
    private const int Most = 128;
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private readonly LinkedList<Key> _order = new();

    /// <summary>The playlist, made by <paramref name="make"/> if it is not here for this state of the store.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="what">Which list.</param>
    /// <param name="state">How the store stands.</param>
    /// <param name="moment">A number that is another one when the clock may have made another list of one that is not finished.</param>
    /// <param name="make">Makes it.</param>
    public async Task<Made> GetAsync(IShowReader reader, string what, ShowInfo state, long moment, Func<Task<Made>> make)
    {
        var key = new Key(reader, what);
        var version = new Version(state.MinId, state.MaxId, state.JournalSeq, state.TargetSeconds);
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out entry) || !entry.Holds(version, moment))
            {
                if (entry is null)
                {
                    _order.AddLast(key);
                }

                _entries[key] = entry = new Entry(version, moment, reader, entry?.Made, make);
                while (_order.Count > Most)
                {
                    _entries.Remove(_order.First!.Value);
                    _order.RemoveFirst();
                }
            }
        }

        return await entry.Task;
    }

    /// <summary>A playlist, or why there is none.</summary>
    /// <param name="Playlist">The playlist.</param>
    /// <param name="Refusal">Why there is none.</param>
    /// <param name="Footing">What a finished one stands on, if no other commit can change it; null for those that any may.</param>
    internal sealed record Made(Playlist? Playlist, PlaylistRefusal? Refusal, PlaylistFooting? Footing = null);

    private sealed record Key(IShowReader Reader, string What);

    private readonly record struct Version(long? MinId, long? MaxId, long JournalSeq, int? TargetSeconds);

    private sealed class Entry
    {
        private readonly Version _version;
        private readonly long _moment;

        public Entry(Version version, long moment, IShowReader reader, Made? before, Func<Task<Made>> make)
        {
            (_version, _moment) = (version, moment);
            Task = System.Threading.Tasks.Task.Run(async () =>
                Made = before?.Footing is { } footing && await footing.StandsAsync(reader) ? before : await make()
            );
        }

        public Task<Made> Task { get; }

        /// <summary>What was made; null while it is being made, or when that failed.</summary>
        public Made? Made { get; private set; }

        /// <summary>Good for this state of the store and this moment.</summary>
        public bool Holds(Version version, long moment) =>
            _version == version && !Task.IsFaulted && !Task.IsCanceled && (_moment == moment || Made?.Playlist is { Fixed: true });
    }
}
