using AudioRelay.Actors.Asking;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>What the actor of a received show understands.</summary>
internal abstract record ShowSyncMessage
{
    private ShowSyncMessage() { }

    /// <summary>The recorder is there; it may have news.</summary>
    /// <param name="MaxId">The show's newest segment by its list; 0 when it does not list the show.</param>
    /// <param name="Pushes">It tells of commits by itself, and that gets here.</param>
    public sealed record RecorderThere(long MaxId, bool Pushes) : ShowSyncMessage;

    /// <summary>The recorder is not there, or not one.</summary>
    public sealed record RecorderAway(SyncTrouble Trouble) : ShowSyncMessage;

    /// <summary>Something was committed at the recorder.</summary>
    /// <param name="Position">How far the show reaches there.</param>
    /// <param name="HeardAt">When this was heard, as a timestamp.</param>
    public sealed record Committed(ShowPosition Position, long HeardAt) : ShowSyncMessage;

    /// <summary>A person, or a pass over everything, wants it tried now, whatever was wrong.</summary>
    public sealed record SyncNow : ShowSyncMessage;

    /// <summary>Answers when all that the recorder has at its next word is here, or cannot be had. Null: ask again.</summary>
    public sealed record Reach(ReplyTo<ShowReach?> Answer) : ShowSyncMessage;

    /// <summary>It is this show's turn to pull.</summary>
    public sealed record YourTurn : ShowSyncMessage;

    /// <summary>The store is open.</summary>
    public sealed record Opened(KeptShow Show) : ShowSyncMessage;

    /// <summary>The store is this actor's now.</summary>
    public sealed record Claimed(SyncCheckpoint At) : ShowSyncMessage;

    /// <summary>Where the show stands.</summary>
    public sealed record CheckpointRead(SyncCheckpoint At) : ShowSyncMessage;

    /// <summary>What the recorder says of the show.</summary>
    /// <param name="Source">What it says.</param>
    /// <param name="HeardAt">When it was asked, as a timestamp.</param>
    /// <param name="Doubt">Why it is not what is kept here although it says so; null when it is, or was not doubted.</param>
    /// <param name="IsCompared">True when it was doubted.</param>
    public sealed record SourceKnown(ShowMetadata Source, long HeardAt, SyncTrouble? Doubt, bool IsCompared) : ShowSyncMessage;

    /// <summary>What the recorder says of the length of its segments is kept.</summary>
    public sealed record Learned : ShowSyncMessage;

    /// <summary>A turn of pulling has come so far and goes on.</summary>
    public sealed record Pulled(TurnResult Result) : ShowSyncMessage;

    /// <summary>A turn of pulling is over.</summary>
    public sealed record TurnOver(TurnResult Result) : ShowSyncMessage;

    /// <summary>Retention has run, or was interrupted after its time.</summary>
    /// <param name="Report">What it did; null when there is more to do.</param>
    public sealed record Retained(RetentionReport? Report) : ShowSyncMessage;

    /// <summary>A step did not succeed.</summary>
    public sealed record Failed(ShowStep Step, Exception Error) : ShowSyncMessage;

    /// <summary>The store has rested.</summary>
    public sealed record TryStore : ShowSyncMessage;

    /// <summary>The source has rested.</summary>
    public sealed record TrySource : ShowSyncMessage;

    /// <summary>It is time for retention.</summary>
    public sealed record RetentionDue : ShowSyncMessage;

    /// <summary>What was held back of the board is posted.</summary>
    public sealed record PostNow : ShowSyncMessage;
}
