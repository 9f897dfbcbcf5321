namespace AudioRelay.TestKit.Stations;

/// <summary>What a station puts on the air and when, whether anyone listens or not: a pure function of its script.</summary>
internal sealed class Broadcast
{
    private readonly Lock _gate = new();
    private readonly List<Stretch> _stretches = [];
    private readonly Dictionary<IFrameSource, long> _nextIndex = new(ReferenceEqualityComparer.Instance);
    private readonly double _speed;

    public Broadcast(StationScript script, long startUs)
    {
        _speed = 1 + (script.ClockPpm / 1e6);
        _stretches.Add(new Stretch(0, startUs, script.Source, 0, null, FrameUs(script.Source)));
        foreach (var act in script.Acts.OrderBy(act => act.At))
        {
            Do(act, startUs + act.At.Ticks / TimeSpan.TicksPerMicrosecond);
        }
    }

    /// <summary>Applies an act that changes what is on the air. Acts come in the order of time.</summary>
    public void Do(StationAct act, long atUs)
    {
        lock (_gate)
        {
            switch (act)
            {
                case SwitchSource change:
                    Add(atUs, change.Source, 0, null);
                    break;
                case Pause pause:
                    Add(atUs, _stretches[^1].Source!, pause.For.TotalMicroseconds, null);
                    break;
                case Garbage garbage:
                    var source = _stretches[^1].Source!;
                    Add(atUs, null, 0, garbage.Bytes);
                    Add(atUs, source, 0, null);
                    break;
            }
        }
    }

    /// <summary>The ordinal of the first piece that is ready after the moment.</summary>
    public long FirstAfter(long us)
    {
        lock (_gate)
        {
            var stretch = _stretches.FindLast(s => s.StartUs <= us) ?? _stretches[0];
            var inside = Math.Max(0, (long)Math.Floor((us - stretch.StartUs) / stretch.FrameUs));
            if (stretch.Garbage is not null)
            {
                inside = 0;
            }

            var ordinal = stretch.FirstOrdinal + Math.Min(inside, stretch.Count);
            while (ordinal > 0 && Locate(ordinal - 1).ReadyUs > us)
            {
                ordinal--;
            }

            while (Locate(ordinal).ReadyUs <= us)
            {
                ordinal++;
            }

            return ordinal;
        }
    }

    public AiredFrame At(long ordinal)
    {
        lock (_gate)
        {
            return Locate(ordinal);
        }
    }

    private void Add(long atUs, IFrameSource? source, double pauseUs, byte[]? garbage)
    {
        var last = _stretches[^1];
        if (last.Garbage is null)
        {
            last.Count = Math.Max(0, (long)Math.Floor((atUs - last.StartUs) / last.FrameUs));
            _nextIndex[last.Source!] = last.FirstIndex + last.Count;
        }

        var end = last.StartUs + (last.Garbage is null ? last.Count * last.FrameUs : 0);
        var start = pauseUs > 0 ? Math.Max(end, atUs) + pauseUs : end;
        var first = source is null ? 0 : _nextIndex.GetValueOrDefault(source);
        var frameUs = source is null ? 1 : FrameUs(source);
        _stretches.Add(new Stretch(last.FirstOrdinal + last.Count, start, source, first, garbage, frameUs));
    }

    private AiredFrame Locate(long ordinal)
    {
        var stretch = _stretches[0];
        for (var i = _stretches.Count - 1; i >= 0; i--)
        {
            stretch = _stretches[i];
            if (stretch.FirstOrdinal <= ordinal)
            {
                break;
            }
        }

        var inside = ordinal - stretch.FirstOrdinal;
        return stretch.Garbage is not null
            ? new AiredFrame(ordinal, (long)stretch.StartUs, null, 0, stretch.Garbage)
            : new AiredFrame(
                ordinal,
                (long)Math.Round(stretch.StartUs + ((inside + 1) * stretch.FrameUs)),
                stretch.Source,
                stretch.FirstIndex + inside,
                null
            );
    }

    private double FrameUs(IFrameSource source)
    {
        var format = source.Format;
        return format.SamplesPerFrame * 1e6 / format.SampleRate / _speed;
    }

    private sealed record Stretch(long FirstOrdinal, double StartUs, IFrameSource? Source, long FirstIndex, byte[]? Garbage, double FrameUs)
    {
        // A run without end, until an act ends it; garbage is one piece.
        public long Count { get; set; } = Garbage is null ? long.MaxValue / 2 : 1;
    }
}
