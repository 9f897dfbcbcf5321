using System.Runtime.CompilerServices;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Http.Playback;

/// <summary>
/// What the list of shows has read of each received show, for as long as nothing is committed to it: a page that lists a hundred shows reads
/// anew whenever any of them grows, and on PostgreSQL each is a database of its own, for which a connection of another one has to go.
/// </summary>
/// <remarks>
/// What changes a store without a commit of this process (retention; another receiver that took the show over) is seen within
/// <see cref="Kept"/>. A show that is recorded here is read each time: its store is a file of this machine.
/// </remarks>
internal sealed class ShowGlances(CommitFeed feed, TimeProvider time)
{
    /// <summary>How long a show to which nothing is committed is not asked.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConditionalWeakTable<IShowReader, Read> _latest = [];

    /// <summary>A show as it is, or as it was when it was last committed to.</summary>
    /// <exception cref="StorageException">Its store cannot be read; nothing is kept of that.</exception>
    public async ValueTask<ShowGlance> OfAsync(ServedShow show, long nowUs, CancellationToken cancel)
    {
        // Before it is read: what is committed meanwhile makes it old.
        if (show.Source is null || feed.Latest(show.Name) is not { } position)
        {
            return await ShowGlance.ReadAsync(show.Reader, nowUs, cancel);
        }

        if (_latest.TryGetValue(show.Reader, out var latest) && latest.Position == position && time.GetElapsedTime(latest.At) < Kept)
        {
            return latest.Glance;
        }

        var at = time.GetTimestamp();
        var glance = await ShowGlance.ReadAsync(show.Reader, nowUs, cancel);
        _latest.AddOrUpdate(show.Reader, new Read(position, at, glance));
        return glance;
    }

    private sealed record Read(ShowPosition Position, long At, ShowGlance Glance);
}
