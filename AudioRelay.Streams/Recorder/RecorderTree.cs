using AudioRelay.Actors;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder;

/// <summary>What outlives every actor of a recorder: whoever is restarted finds here what was being recorded, and goes on with it.</summary>
internal sealed class RecorderTree
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ActorRef<ShowsMessage>? _shows;
    private volatile ActorRef<StationsMessage>? _stations;

    /// <summary>Completes when both parents have an address.</summary>
    public Task Started => _started.Task;

    /// <summary>The parent of all shows, as of now.</summary>
    public ActorRef<ShowsMessage> Shows => _shows ?? throw new InvalidOperationException("The recorder has not started.");

    /// <summary>The parent of all stations, as of now.</summary>
    public ActorRef<StationsMessage> Stations => _stations ?? throw new InvalidOperationException("The recorder has not started.");

    /// <summary>The captures of all stations and who listens to them. For the parent of all stations only.</summary>
    public Dictionary<StationKey, StationGate> Gates { get; } = [];

    /// <summary>The shows that are recorded.</summary>
    public ShowRoster Roster { get; } = new();

    /// <summary>The parents have been spawned.</summary>
    public void Begin(ActorRef<StationsMessage> stations, ActorRef<ShowsMessage> shows)
    {
        (_stations, _shows) = (stations, shows);
        _started.TrySetResult();
    }
}
