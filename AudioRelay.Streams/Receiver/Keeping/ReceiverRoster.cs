using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver.Keeping;

/// <summary>The stores of a receiver that are open, and the names that are given. Outlives every actor; used from any thread.</summary>
/// <param name="stores">All stores.</param>
/// <param name="feed">Hears how far a store reaches when it is opened.</param>
internal sealed class ReceiverRoster(IReceivedStores stores, CommitFeed feed) : IAsyncDisposable
{
    private static readonly StringComparer NameComparer = StringComparer.OrdinalIgnoreCase;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptShow> _open = new(NameComparer);
    private readonly Dictionary<string, SourceShow> _sources = new(NameComparer);
    private readonly Dictionary<(string Remote, string Show), string> _claims = [];
    private readonly HashSet<string> _names = new(NameComparer);
    private readonly HashSet<string> _slugs = new(NameComparer);
    private volatile IReadOnlyList<ReceivingShow> _shows = [];
    private bool _closed;

    /// <summary>Every show whose store is open, by name.</summary>
    public IReadOnlyList<ReceivingShow> Shows => _shows;

    /// <summary>Takes note of a store that is there, open or not.</summary>
    public void Note(ReceivedShow stored)
    {
        lock (_lock)
        {
            // One that cannot be read keeps its place: its show is in trouble, and not received once more under another name.
            if (stored.Source is { } source)
            {
                Take(stored.Name);
                _sources[stored.Name] = source;
            }
        }
    }

    /// <summary>What is stored of a recorder's shows.</summary>
    public IReadOnlyList<SourceShow> Of(string remote)
    {
        lock (_lock)
        {
            return [.. _sources.Values.Where(s => s.Remote == remote).OrderBy(s => s.SourceName, StringComparer.Ordinal)];
        }
    }

    /// <summary>The open store of a show; null when it is not open.</summary>
    public KeptShow? Find(string name)
    {
        lock (_lock)
        {
            return _open.GetValueOrDefault(name);
        }
    }

    /// <summary>The recorder whose show a name here stands for, with a store or about to get one; null when there is none.</summary>
    public string? RemoteOf(string name)
    {
        lock (_lock)
        {
            return _sources.GetValueOrDefault(name)?.Remote
                ?? _claims.Where(claim => NameComparer.Equals(claim.Value, name)).Select(claim => claim.Key.Remote).FirstOrDefault();
        }
    }

    /// <summary>Whether a recorder's show has got its name here, so that it has a store or is about to get one.</summary>
    public bool IsNamed(string remote, string show)
    {
        lock (_lock)
        {
            return StoredName(remote, show) is not null || _claims.ContainsKey((remote, show));
        }
    }

    /// <summary>The name here of a recorder's show that has a store; null when it has none.</summary>
    public string? StoredName(string remote, string show)
    {
        lock (_lock)
        {
            return _sources.Values.FirstOrDefault(s => s.Remote == remote && s.SourceName == show)?.Name;
        }
    }

    /// <summary>What a recorder's show would be called here, for telling people of one that has no store yet.</summary>
    public string Propose(string remote, string show)
    {
        lock (_lock)
        {
            return StoredName(remote, show) ?? _claims.GetValueOrDefault((remote, show)) ?? LocalNames.Choose(remote, show, IsTaken);
        }
    }

    /// <summary>The show here, other than this one, that is kept from a recorder's store; null when there is none.</summary>
    public SourceShow? AlsoFrom(string uniqueId, string name)
    {
        lock (_lock)
        {
            return _sources.Values.FirstOrDefault(s => s.UniqueId == uniqueId && !NameComparer.Equals(s.Name, name));
        }
    }

    /// <summary>Gives a recorder's show its name here, for good.</summary>
    /// <param name="remote">The recorder.</param>
    /// <param name="show">The show's name there.</param>
    /// <param name="uniqueId">The identity of its store there.</param>
    /// <param name="isConfigured">Whether a recorder is one of the configuration.</param>
    public string Claim(string remote, string show, string uniqueId, Func<string, bool> isConfigured)
    {
        lock (_lock)
        {
            // The recorder may have been given another name in the configuration: what it records is still the same.
            var name =
                StoredName(remote, show)
                ?? _claims.GetValueOrDefault((remote, show)) // its store could not be created yet
                ?? _sources.Values.FirstOrDefault(s => s.UniqueId == uniqueId && s.SourceName == show && !isConfigured(s.Remote))?.Name
                ?? LocalNames.Choose(remote, show, IsTaken);
            Take(name);
            _claims[(remote, show)] = name;
            return name;
        }
    }

    /// <summary>Notes what a store's recorder is called by now.</summary>
    public async Task RenameRemoteAsync(KeptShow show, SyncCheckpoint claim, string remote, CancellationToken token)
    {
        await show.Store.RenameRemoteAsync(claim, remote, token);
        lock (_lock)
        {
            _sources[show.Name] = show.Store.Source;
        }
    }

    /// <summary>Opens a store that is there.</summary>
    public Task<KeptShow> OpenAsync(string name, CancellationToken token) => Keep(name, () => stores.OpenAsync(name, token), token);

    /// <summary>Opens a store, and creates it first if there is none.</summary>
    public Task<KeptShow> OpenOrCreateAsync(SourceShow source, CancellationToken token) =>
        Keep(source.Name, () => stores.OpenOrCreateAsync(source, token), token);

    /// <summary>Closes a store that is to be opened anew.</summary>
    public async Task CloseAsync(string name)
    {
        KeptShow? closing;
        lock (_lock)
        {
            _open.Remove(name, out closing);
            Publish();
        }

        if (closing is not null)
        {
            feed.Forget(closing.Name);
            await closing.Store.DisposeAsync();
        }
    }

    /// <summary>Closes every store.</summary>
    public async ValueTask DisposeAsync()
    {
        KeptShow[] closing;
        lock (_lock)
        {
            _closed = true;
            closing = [.. _open.Values];
            _open.Clear();
            Publish();
        }

        await Task.WhenAll(closing.Select(show => show.Store.DisposeAsync().AsTask()));
    }

    private async Task<KeptShow> Keep(string name, Func<ValueTask<IReceivedStore>> open, CancellationToken token)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        var store = await open();
        try
        {
            var info = await store.Reader.InfoAsync(token);
            var show = new KeptShow(store, info.UniqueId);
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                _open.Add(store.Name, show);
                _sources[store.Name] = store.Source;
                Take(store.Name);
                Publish();
            }

            feed.Publish(new ShowPosition(store.Name, info.UniqueId, info.MaxId ?? 0, info.JournalSeq));
            return show;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private void Take(string name)
    {
        _names.Add(name);
        _slugs.Add(StoreSlug.Of(name));
    }

    /// <summary>Two names may differ and come to one store, when one is called as the other's slug.</summary>
    private bool IsTaken(string name) => _names.Contains(name) || _slugs.Contains(StoreSlug.Of(name));

    private void Publish() =>
        _shows = [.. _open.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new ReceivingShow(s.Name, s.Store))];
}
