using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>What the parent of all stations understands.</summary>
public abstract record StationsMessage
{
    private StationsMessage() { }

    /// <summary>A show wants to hear a station. Doing so twice changes nothing.</summary>
    public sealed record Listen(StationKey Station, StationListener Listener) : StationsMessage;

    /// <summary>A show has heard enough of a station.</summary>
    /// <param name="Station">The station.</param>
    /// <param name="Show">The show.</param>
    /// <param name="Cause">Why its section ends.</param>
    /// <param name="Done">Answers when the section is flushed and ended.</param>
    public sealed record Leave(StationKey Station, ShowCapture Show, EndCause Cause, ReplyTo<bool> Done) : StationsMessage;
}
