using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder;

/// <summary>The root of the recorder's tree: stations and shows, which after a restart find in the tree what they recorded.</summary>
/// <remarks>
/// One station's or one show's fault stays its own, however often it comes. A fault of the two parents is one of ours that nobody here
/// could mend: it goes to the root and ends the process, where whoever started it sees it. To go on without them would be silence.
/// </remarks>
internal sealed class RecorderActor : IActor<RecorderMessage>
{
    /// <summary>For what the recorder cannot go on without.</summary>
    public static ActorOptions Vital { get; } = new() { Supervision = new SupervisionPolicy { Decide = static _ => Directive.Escalate } };

    public RecorderActor(IActorContext<RecorderMessage> self, RecorderParts parts, RecorderTree tree, StationDial dial)
    {
        var stations = self.Spawn<StationsMessage>("stations", context => new StationsActor(context, parts, tree.Gates, dial), Vital);
        var shows = self.Spawn<ShowsMessage>("shows", context => new ShowsActor(context, parts, tree.Roster, stations), Vital);
        tree.Begin(stations, shows);
    }

    /// <inheritdoc/>
    public void Receive(RecorderMessage message) { }
}
