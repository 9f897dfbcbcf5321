using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AudioRelay.Streams.Receiver.Status;

/// <summary>Where the actors of a receiver post how they stand, and whoever wants to know reads or follows it.</summary>
/// <remarks>Only the latest of each counts: a slow follower misses what lay in between and never the last, and costs one bell.</remarks>
public sealed class SyncBoard
{
    private readonly Lock _lock = new();
    private readonly List<RemoteStatus> _remotes = [];
    private readonly SortedDictionary<string, ShowSyncStatus> _shows = new(StringComparer.Ordinal);
    private readonly HashSet<Channel<bool>> _followers = [];

    /// <summary>How everything stands now.</summary>
    public SyncReport Now
    {
        get
        {
            lock (_lock)
            {
                return new SyncReport([.. _remotes], [.. _shows.Values]);
            }
        }
    }

    /// <summary>One show; null when there is none of that name.</summary>
    public ShowSyncStatus? Find(string show)
    {
        lock (_lock)
        {
            return _shows.GetValueOrDefault(show);
        }
    }

    /// <summary>A show stands differently.</summary>
    public void Post(ShowSyncStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        lock (_lock)
        {
            if (_shows.TryGetValue(status.Show, out var known) && known == status)
            {
                return;
            }

            _shows[status.Show] = status;
            Ring();
        }
    }

    /// <summary>A recorder's show does not stand under that name any more: it has got another one.</summary>
    public void Forget(string show, string remote)
    {
        lock (_lock)
        {
            if (_shows.TryGetValue(show, out var known) && known.Remote == remote && _shows.Remove(show))
            {
                Ring();
            }
        }
    }

    /// <summary>A recorder stands differently; the first post of each sets its place in the list.</summary>
    public void Post(RemoteStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        lock (_lock)
        {
            var at = _remotes.FindIndex(r => r.Name == status.Name);
            if (at < 0)
            {
                _remotes.Add(status);
            }
            else if (_remotes[at] == status)
            {
                return;
            }
            else
            {
                _remotes[at] = status;
            }

            Ring();
        }
    }

    /// <summary>The present state, then the newest whenever it has changed. Ends only when cancelled.</summary>
    public async IAsyncEnumerable<SyncReport> Follow([EnumeratorCancellation] CancellationToken token = default)
    {
        // One slot: it says "look again", not what.
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_lock)
        {
            _followers.Add(bell);
        }

        try
        {
            while (true)
            {
                yield return Now;
                await bell.Reader.ReadAsync(token);
            }
        }
        finally
        {
            lock (_lock)
            {
                _followers.Remove(bell);
            }
        }
    }

    private void Ring()
    {
        foreach (var follower in _followers)
        {
            follower.Writer.TryWrite(true);
        }
    }
}
