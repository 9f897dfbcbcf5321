using AudioRelay.Actors.Asking;
using AudioRelay.Streams.Receiver.Remotes;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>What the parent of a recorder's shows understands.</summary>
internal abstract record RemoteShowsMessage
{
    private RemoteShowsMessage() { }

    /// <summary>The recorder is there and has these shows.</summary>
    /// <param name="Shows">Its list.</param>
    /// <param name="Pushes">It tells of commits by itself, and that gets here.</param>
    public sealed record Listed(IReadOnlyList<OfferedShow> Shows, bool Pushes) : RemoteShowsMessage;

    /// <summary>The recorder is not there, or not one.</summary>
    public sealed record Away(SyncTrouble Trouble) : RemoteShowsMessage;

    /// <summary>A show has been committed to at the recorder.</summary>
    /// <param name="Position">How far it reaches.</param>
    /// <param name="HeardAt">When this was heard, as a timestamp.</param>
    public sealed record Committed(ShowPosition Position, long HeardAt) : RemoteShowsMessage;

    /// <summary>Shows that have given up shall try again.</summary>
    public sealed record SyncNow : RemoteShowsMessage;

    /// <summary>Which shows are there for a pass over everything.</summary>
    /// <param name="Status">What the recorder's actor knows.</param>
    /// <param name="Answer">Where the list goes.</param>
    public sealed record Pass(RemoteStatus Status, ReplyTo<RemotePass> Answer) : RemoteShowsMessage;
}
