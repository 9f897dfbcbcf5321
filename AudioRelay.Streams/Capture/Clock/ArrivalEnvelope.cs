namespace AudioRelay.Streams.Capture.Clock;

/// <summary>
/// One connection's lower envelope of (arrival − media time): what a frame's end would have arrived at, had nothing held it up.
/// While a server sends its burst the envelope falls by the burst's length; when it stays, the burst is over.
/// </summary>
internal sealed class ArrivalEnvelope
{
    /// <summary>A fall by less than this is jitter.</summary>
    public const long StillFallsUs = 100_000;

    /// <summary>So long it must stay, for a burst to be over.</summary>
    public const long QuietUs = 1_000_000;

    private long _firstUs;
    private long _firstOffset;
    private long _reference;
    private long _referenceSinceUs;
    private bool _any;

    /// <summary>The lowest (arrival − media time at a frame's end) so far, in µs.</summary>
    public long LowUs { get; private set; }

    /// <summary>How much the envelope fell since the first frame: the length of the burst.</summary>
    public long BurstUs => _firstOffset - LowUs;

    /// <summary>True once there is a frame.</summary>
    public bool HasFrames => _any;

    /// <summary>A frame came.</summary>
    /// <param name="arrivedAtUs">When.</param>
    /// <param name="mediaEndUs">Media time at its end.</param>
    public void Observe(long arrivedAtUs, long mediaEndUs)
    {
        var offset = arrivedAtUs - mediaEndUs;
        if (!_any)
        {
            _any = true;
            _firstUs = arrivedAtUs;
            _firstOffset = LowUs = _reference = offset;
            _referenceSinceUs = arrivedAtUs;
            return;
        }

        LowUs = Math.Min(LowUs, offset);
        if (_reference - LowUs > StillFallsUs)
        {
            _reference = LowUs;
            _referenceSinceUs = arrivedAtUs;
        }
    }

    /// <summary>Whether the burst is over: the envelope has not fallen for a second, or the burst has lasted as long as one may.</summary>
    /// <param name="nowUs">Monotonic µs.</param>
    /// <param name="longestUs">The longest time a burst is taken for one.</param>
    public bool BurstIsOver(long nowUs, long longestUs) => _any && (nowUs - _referenceSinceUs >= QuietUs || nowUs - _firstUs >= longestUs);
}
