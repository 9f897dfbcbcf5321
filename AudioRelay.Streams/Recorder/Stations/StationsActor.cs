using AudioRelay.Actors;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>The parent of all stations: makes each when a show first asks for it.</summary>
/// <remarks>A station that nobody listens to hangs up and costs nothing but its name, so none is ever taken away.</remarks>
internal sealed class StationsActor : IActor<StationsMessage>
{
    private static readonly TimeSpan ListenAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly IActorContext<StationsMessage> _self;
    private readonly Dictionary<StationKey, StationGate> _gates;
    private readonly StationDial _dial;
    private readonly Func<Random> _random;
    private readonly ActorOptions _options;
    private readonly Dictionary<StationKey, ActorRef<StationMessage>> _stations = [];

    public StationsActor(
        IActorContext<StationsMessage> self,
        RecorderParts parts,
        Dictionary<StationKey, StationGate> gates,
        StationDial dial
    )
    {
        (_self, _gates, _dial, _random) = (self, gates, dial, parts.NewRandom);
        // Never given up while a window is open: the backoff's cap is what limits the trouble that one station makes.
        _options = parts.Actors with
        {
            Supervision = parts.Actors.Supervision with { MaxRestarts = int.MaxValue },
        };
        foreach (var (key, gate) in gates)
        {
            if (gate.HasListeners)
            {
                Station(key); // this is a restart, and the shows do not know of it
            }
        }
    }

    /// <inheritdoc/>
    public void Receive(StationsMessage message)
    {
        switch (message)
        {
            case StationsMessage.Listen m:
                if (!Station(m.Station).Tell(new StationMessage.Attach(m.Listener)))
                {
                    _self.After(ListenAgainAfter, m);
                }

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

        if (!_gates.TryGetValue(key, out var gate))
        {
            gate = new StationGate(new StationCaptureOptions { TrustStationClock = key.TrustClock });
            _gates.Add(key, gate);
        }

        // Station names are unique by their hash; a stopped one leaves its name free.
        var started = _self.Spawn<StationMessage>(
            key.ActorName,
            context => new StationActor(context, key.Address, gate, _dial, _random()),
            _options
        );
        _stations[key] = started;
        return started;
    }
}
