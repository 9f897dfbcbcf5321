using AudioRelay.Storage;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>What keeps a station from being heard, told once when it begins and once when its cause changes.</summary>
internal sealed class StationTrouble
{
    private Trouble? _now;
    private long _sinceUs;

    /// <summary>Something is wrong.</summary>
    /// <returns>False when the same was wrong before: nobody needs to hear it again.</returns>
    public bool Begin(GapCause cause, string detail, long utcUs, IEnumerable<StationListener> listeners)
    {
        if (_now?.Cause == cause)
        {
            return false;
        }

        _sinceUs = _now is null ? utcUs : _sinceUs;
        _now = new Trouble(cause, utcUs, null, detail);
        foreach (var listener in listeners)
        {
            listener.Report(_now);
        }

        return true;
    }

    /// <summary>Tells a show that came later what is wrong, if anything is.</summary>
    public void Tell(StationListener listener)
    {
        if (_now is not null)
        {
            listener.Report(_now);
        }
    }

    /// <summary>All is well.</summary>
    /// <param name="utcUs">Since this moment, UTC µs.</param>
    /// <returns>How long it was not; null when it was all the time.</returns>
    public TimeSpan? Over(long utcUs)
    {
        var lasted = _now is null ? (TimeSpan?)null : TimeSpan.FromMicroseconds(utcUs - _sinceUs);
        _now = null;
        return lasted;
    }

    /// <inheritdoc/>
    public override string ToString() => _now is null ? "" : $", {_now.Cause.WireName()}: {_now.Detail}";
}
