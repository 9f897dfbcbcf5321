using AudioRelay.Actors;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>The parent of all stations: makes each when a show first asks for it.</summary>
/// <remarks>A station that nobody listens to hangs up and costs nothing but its name, so none is ever taken away.</remarks>
internal sealed class StationsActor(
    IActorContext<StationsMessage> self,
    RecorderParts parts,
    Dictionary<StationKey, StationGate> gates,
    StationDial dial
) : IActor<StationsMessage>
{
    // Never given up while a window is open: the backoff's cap is what limits the trouble that one station makes.
    private readonly ActorOptions _options = parts.Actors with
    {
        Supervision = parts.Actors.Supervision with { MaxRestarts = int.MaxValue },
    };

    private readonly Dictionary<StationKey, ActorRef<StationMessage>> _stations = [];

    /// <inheritdoc/>
    public void Receive(StationsMessage message)
    {
        switch (message)
        {
            case StationsMessage.Listen m:
                Station(m.Station).Tell(new StationMessage.Attach(m.Listener));
                break;
            case StationsMessage.Leave m:
                if (!Station(m.Station).Tell(new StationMessage.Detach(m.Show, m.Cause, m.Done)))
                {
                    m.Done.Tell(false);
                }

                break;
        }
    }

    /// <inheritdoc/>
    public string Describe() => $"stations: {_stations.Count}";

    private ActorRef<StationMessage> Station(StationKey key)
    {
        if (_stations.TryGetValue(key, out var known) && !known.Ended.IsCompleted)
        {
            return known;
        }

        if (!gates.TryGetValue(key, out var gate))
        {
            gate = new StationGate(new StationCaptureOptions { TrustStationClock = key.TrustClock });
            gates.Add(key, gate);
        }

        // Station names are unique by their hash; a stopped one leaves its name free.
        var started = self.Spawn<StationMessage>(
            key.ActorName,
            context => new StationActor(context, key.Address, gate, dial, parts.NewRandom()),
            _options
        );
        _stations[key] = started;
        return started;
    }
}
