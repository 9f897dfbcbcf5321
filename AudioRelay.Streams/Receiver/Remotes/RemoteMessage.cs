using AudioRelay.Actors.Asking;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>What the actor of a recorder understands.</summary>
internal abstract record RemoteMessage
{
    private RemoteMessage() { }

    /// <summary>Ask it now, and let shows that have given up try again.</summary>
    public sealed record SyncNow : RemoteMessage;

    /// <summary>Ask it now, and answer with the shows it has when it has answered, or not.</summary>
    public sealed record Pass(ReplyTo<RemotePass> Answer) : RemoteMessage;

    /// <summary>It has told which shows it has.</summary>
    public sealed record Listed(IReadOnlyList<OfferedShow> Shows) : RemoteMessage;

    /// <summary>It has not.</summary>
    public sealed record NotListed(Exception Error) : RemoteMessage;

    /// <summary>It tells of commits by itself.</summary>
    public sealed record Follows : RemoteMessage;

    /// <summary>Its stream of commits has ended.</summary>
    /// <param name="Error">Null when it ended in order.</param>
    public sealed record StreamEnded(Exception? Error) : RemoteMessage;

    /// <summary>It has more shows than are taken from one recorder.</summary>
    public sealed record TooMany : RemoteMessage;

    /// <summary>The time to ask again has come.</summary>
    public sealed record AskNow : RemoteMessage;
}
