using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AudioRelay.Streams.Sync.Feed;

/// <summary>Tells whoever follows how far each show's store reaches. Fed by the writers, so nobody polls SQLite.</summary>
/// <remarks>
/// Only the latest position of a show counts: a slow follower misses positions in between and never the last one, and costs one entry
/// per show, however slow it is.
/// </remarks>
public sealed class CommitFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ShowPosition Position, long Version)> _latest = new(StringComparer.Ordinal);
    private readonly HashSet<Channel<bool>> _followers = [];
    private long _version;

    /// <summary>How many follow now.</summary>
    public int Followers
    {
        get
        {
            lock (_lock)
            {
                return _followers.Count;
            }
        }
    }

    /// <summary>The latest position of every show.</summary>
    public IReadOnlyList<ShowPosition> Positions
    {
        get
        {
            lock (_lock)
            {
                return [.. _latest.Values.Select(l => l.Position)];
            }
        }
    }

    /// <summary>A show's store has grown, or was opened.</summary>
    public void Publish(ShowPosition position)
    {
        lock (_lock)
        {
            _latest[position.Show] = (position, ++_version);
            foreach (var follower in _followers)
            {
                follower.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>A show is not recorded here any more.</summary>
    public void Forget(string show)
    {
        lock (_lock)
        {
            _latest.Remove(show);
        }
    }

    /// <summary>The latest position of a show; null when there is no such show.</summary>
    public ShowPosition? Latest(string show)
    {
        lock (_lock)
        {
            return _latest.TryGetValue(show, out var known) ? known.Position : null;
        }
    }

    /// <summary>The present position of every show, then each show's newest position whenever it has changed. Ends only when cancelled.</summary>
    public async IAsyncEnumerable<ShowPosition> Follow([EnumeratorCancellation] CancellationToken token = default)
    {
        // One slot: it says "there is something new", not what.
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_lock)
        {
            _followers.Add(bell);
        }

        try
        {
            var seen = 0L;
            while (true)
            {
                ShowPosition[] news;
                lock (_lock)
                {
                    news = [.. _latest.Values.Where(l => l.Version > seen).OrderBy(l => l.Version).Select(l => l.Position)];
                    seen = _version;
                }

                foreach (var position in news)
                {
                    yield return position;
                }

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
}
