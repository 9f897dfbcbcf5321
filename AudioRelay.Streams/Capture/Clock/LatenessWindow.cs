namespace AudioRelay.Streams.Capture.Clock;

/// <summary>The lowest lateness of each two seconds of the last minute, to see whether sound is late and stays late.</summary>
internal sealed class LatenessWindow
{
    private const long BucketUs = 2_000_000;

    private readonly long _lengthUs;
    private readonly List<(long FromUs, long Low)> _buckets = [];

    /// <param name="lengthUs">How far back it looks.</param>
    public LatenessWindow(long lengthUs) => _lengthUs = lengthUs;

    /// <summary>A frame arrived.</summary>
    public void Add(long arrivedUs, long late)
    {
        if (_buckets.Count > 0 && arrivedUs - _buckets[^1].FromUs < BucketUs)
        {
            _buckets[^1] = (_buckets[^1].FromUs, Math.Min(_buckets[^1].Low, late));
            return;
        }

        // One bucket that began before the window is kept: without it the window would never be full.
        while (_buckets.Count > 1 && arrivedUs - _buckets[1].FromUs >= _lengthUs)
        {
            _buckets.RemoveAt(0);
        }

        _buckets.Add((arrivedUs, late));
    }

    /// <summary>The lowest lateness, when all of a whole window was at least this late; null when it was not.</summary>
    public long? StayedAbove(long threshold, long nowUs)
    {
        if (_buckets.Count == 0 || nowUs - _buckets[0].FromUs < _lengthUs)
        {
            return null;
        }

        var low = long.MaxValue;
        for (var i = _buckets.Count - 1; i >= 0; i--)
        {
            low = Math.Min(low, _buckets[i].Low);
            if (low < threshold)
            {
                return null;
            }

            if (nowUs - _buckets[i].FromUs >= _lengthUs)
            {
                return low;
            }
        }

        return null;
    }

    /// <summary>What was late is less so now: the map it is measured against has moved.</summary>
    public void Shift(long byUs)
    {
        for (var i = 0; i < _buckets.Count; i++)
        {
            _buckets[i] = (_buckets[i].FromUs, _buckets[i].Low - byUs);
        }
    }
}
