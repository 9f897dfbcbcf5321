using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>What a station understands.</summary>
public abstract record StationMessage
{
    private StationMessage() { }

    /// <summary>A show wants to hear the station; the first one makes it dial.</summary>
    /// <param name="Listener">The show, its window open.</param>
    public sealed record Attach(StationListener Listener) : StationMessage;

    /// <summary>A show has heard enough: its section is flushed and ended before the answer. The last one makes the station hang up.</summary>
    /// <param name="Show">The show.</param>
    /// <param name="Cause">Why its section ends.</param>
    /// <param name="Done">Answers true when the show is detached.</param>
    public sealed record Detach(ShowCapture Show, EndCause Cause, ReplyTo<bool> Done) : StationMessage;

    /// <summary>A dial was answered with a stream, which the dial keeps until it is taken.</summary>
    /// <param name="Attempt">Which dial.</param>
    public sealed record Answered(int Attempt) : StationMessage;

    /// <summary>A dial that nobody wanted any more is closed, or could not be.</summary>
    public sealed record Closed(Exception? Error) : StationMessage;

    /// <summary>A dial failed.</summary>
    /// <param name="Attempt">Which dial.</param>
    /// <param name="Error">A <see cref="DialException"/>, or a fault of ours.</param>
    public sealed record NotAnswered(int Attempt, Exception Error) : StationMessage;

    /// <summary>A connection has ended by itself.</summary>
    /// <param name="Attempt">The dial that made it.</param>
    /// <param name="Error">Null when the station closed it; an <see cref="IOException"/> when it broke; else a fault of ours.</param>
    public sealed record HungUp(int Attempt, Exception? Error) : StationMessage;

    /// <summary>The delay before a dial is over.</summary>
    public sealed record DialNow : StationMessage;

    /// <summary>Time has passed: look after silence and the clock.</summary>
    public sealed record Look : StationMessage;
}
