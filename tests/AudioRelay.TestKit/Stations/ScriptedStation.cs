namespace AudioRelay.TestKit.Stations;

/// <summary>
/// A test station: plays its <see cref="StationScript"/> to any number of dials. It has no clock and no sockets: each dial is told when
/// it happens and gets a sequence of (time, bytes). <see cref="SocketStation"/> and <see cref="MemoryAir"/> carry that to real code.
/// </summary>
public sealed class ScriptedStation
{
    private readonly Lock _gate = new();
    private readonly Broadcast _broadcast;
    private readonly List<(long AtUs, StationAct Act)> _acts;
    private readonly Dictionary<Type, object> _actsByKind = [];
    private int _dials;

    /// <param name="script">What it does.</param>
    /// <param name="startUs">When it goes on the air, UTC in µs. It sends nothing older.</param>
    public ScriptedStation(StationScript script, long startUs)
    {
        ArgumentNullException.ThrowIfNull(script);
        Script = script;
        StartUs = startUs;
        _broadcast = new Broadcast(script, startUs);
        _acts = [.. script.Acts.OrderBy(act => act.At).Select(act => (MomentOf(act), act))];
    }

    public StationScript Script { get; }

    public long StartUs { get; }

    /// <summary>How many dials there were.</summary>
    public int Dials => Volatile.Read(ref _dials);

    /// <summary>Adds an act to a running station; its time must not lie before anything that was already sent.</summary>
    public void Do(StationAct act)
    {
        lock (_gate)
        {
            _acts.Add((MomentOf(act), act));
            _acts.Sort((a, b) => a.AtUs.CompareTo(b.AtUs));
            _actsByKind.Clear();
        }

        _broadcast.Do(act, MomentOf(act));
    }

    /// <summary>Someone dials.</summary>
    /// <param name="atUs">When, UTC in µs.</param>
    /// <param name="wantsMetadata">Whether the request asks for ICY metadata.</param>
    public StationDial Dial(long atUs, bool wantsMetadata = true)
    {
        var number = Interlocked.Increment(ref _dials);
        var down = Acts<Drop>().LastOrDefault(d => d.AtUs <= atUs && atUs < d.AtUs + (long)d.Act.Down.TotalMicroseconds).Act;
        return new StationDial(this, _broadcast, number, atUs, wantsMetadata ? Script.MetaInterval : 0, down);
    }

    /// <summary>Everything that became ready in the half-open span, whether or not anyone heard it: the truth to compare with.</summary>
    public IEnumerable<AiredFrame> Aired(long fromUs, long toUs)
    {
        for (var ordinal = _broadcast.FirstAfter(fromUs - 1); _broadcast.At(ordinal) is var frame && frame.ReadyUs < toUs; ordinal++)
        {
            yield return frame;
        }
    }

    internal (long AtUs, T Act)[] Acts<T>()
        where T : StationAct
    {
        lock (_gate)
        {
            // Asked for with every frame, so it is kept.
            if (!_actsByKind.TryGetValue(typeof(T), out var kept))
            {
                kept = _acts.Where(a => a.Act is T).Select(a => (a.AtUs, (T)a.Act)).ToArray();
                _actsByKind[typeof(T)] = kept;
            }

            return ((long AtUs, T Act)[])kept;
        }
    }

    private long MomentOf(StationAct act) => StartUs + (act.At.Ticks / TimeSpan.TicksPerMicrosecond);
}
