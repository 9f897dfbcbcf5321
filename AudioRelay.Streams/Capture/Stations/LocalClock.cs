namespace AudioRelay.Streams.Capture.Stations;

/// <summary>What makes UTC of the monotonic clock, and whether the station agrees.</summary>
internal sealed class LocalClock(bool trustStation)
{
    private const long DoubtUs = 2_000_000;
    private const long HalfSecondUs = 500_000;

    private long _offsetUs;
    private long? _stationOffsetUs;

    /// <summary>How far the station's Date header is ahead of our clock; null when it sends none.</summary>
    public long? StationAheadUs { get; private set; }

    /// <summary>True when that is more than 2 s either way.</summary>
    public bool Disagrees => Math.Abs(StationAheadUs ?? 0) > DoubtUs;

    /// <summary>UTC minus the monotonic clock, by the newest reading of both, or by the station where that is trusted.</summary>
    public long UtcOffsetUs => trustStation && _stationOffsetUs is { } station ? station : _offsetUs;

    /// <summary>Takes a reading.</summary>
    public void Read(Moment now) => _offsetUs = now.UtcUs - now.MonoUs;

    /// <summary>Compares it with a station's.</summary>
    /// <param name="date">The Date header.</param>
    /// <param name="now">When it arrived.</param>
    public void Compare(DateTimeOffset date, Moment now)
    {
        // Whole seconds, cut off: on average it is half a second later than it says.
        var dateUs = ((date - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) + HalfSecondUs;
        StationAheadUs = dateUs - now.UtcUs;

        // Kept against the monotonic clock: what is done to our own is nothing to it.
        var offset = dateUs - now.MonoUs;
        if (_stationOffsetUs is not { } before || Math.Abs(offset - before) > DoubtUs)
        {
            _stationOffsetUs = offset;
        }
    }
}
