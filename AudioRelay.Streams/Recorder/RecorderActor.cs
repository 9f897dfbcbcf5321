using AudioRelay.Actors;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder;

/// <summary>The root of the recorder's tree.</summary>
/// <remarks>It is never restarted with success: shows hold their stations, so a fault that gets this far ends the process.</remarks>
internal sealed class RecorderActor : IActor<RecorderMessage>
{
    public RecorderActor(
        IActorContext<RecorderMessage> self,
        RecorderParts parts,
        ShowRoster roster,
        StationDial dial,
        TaskCompletionSource<ActorRef<ShowsMessage>> started
    )
    {
        Dictionary<StationKey, StationGate> gates = [];
        var stations = self.Spawn<StationsMessage>("stations", context => new StationsActor(context, gates, dial, parts.NewRandom));
        started.TrySetResult(self.Spawn<ShowsMessage>("shows", context => new ShowsActor(context, parts, roster, stations)));
    }

    /// <inheritdoc/>
    public void Receive(RecorderMessage message) { }
}
