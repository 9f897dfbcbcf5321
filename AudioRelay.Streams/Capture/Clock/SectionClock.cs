using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Streams.Capture.Clock;

/// <summary>
/// A section's wall-clock map while it grows: its anchors, steered by how late frames arrive against it. It follows the lower
/// envelope by at most 500 ppm, and jumps (forward, never back) only when sound has been half a second late for a whole minute.
/// </summary>
/// <remarks>
/// A slew is announced before it is run through (both of its ends are anchors at once), so that whoever reads the anchors
/// at any moment gets the value that was stored with the segments.
/// </remarks>
internal sealed class SectionClock
{
    /// <summary>How long the envelope is watched for one measurement.</summary>
    public const long WindowUs = 30 * Second;

    /// <summary>The most that one window corrects: 500 ppm of it.</summary>
    public const long MostSlewUs = WindowUs / 2000;

    /// <summary>An error below this is left alone: it is jitter, and an anchor for it would be noise.</summary>
    public const long DeadBandUs = 50_000;

    /// <summary>What is late by this much…</summary>
    public const long JumpUs = Second / 2;

    /// <summary>…for so long has jumped.</summary>
    public const long JumpAfterUs = 2 * WindowUs;

    private const long Second = 1_000_000;

    // The map is asked only about the newest part of the section; older anchors are the store's.
    private const int Kept = 6;

    private readonly int _rate;
    private readonly List<Anchor> _recent = [];
    private readonly List<Anchor> _fresh = [];
    private readonly LatenessWindow _lateness = new(JumpAfterUs);
    private WallMap _map;
    private long? _windowSinceUs;
    private long _windowLow;
    private long? _jumpUs;

    /// <param name="rate">Samples per second of the section's samples.</param>
    /// <param name="startUs">When its sample 0 was sounded.</param>
    public SectionClock(int rate, long startUs)
    {
        _rate = rate;
        _map = Add(new Anchor(0, startUs, AnchorCause.Start));
    }

    /// <summary>True when the map shall jump at the next segment boundary, and may do so at this sample: cut there and call <see cref="Jump"/>.</summary>
    public bool CanJumpAt(long sample) => _jumpUs is not null && sample >= Last.Sample;

    private Anchor Last => _recent[^1];

    /// <summary>The map's value at a sample of the section's newest part.</summary>
    public long UsAt(long sample) => _map.UtcUsAt(sample);

    /// <summary>A frame arrived.</summary>
    /// <param name="arrivedUs">When, on the section's own scale: UTC at its start, monotonic after that.</param>
    /// <param name="sample">The section's sample at the frame's end; not before any that was observed or stored.</param>
    public void Observe(long arrivedUs, long sample)
    {
        var late = arrivedUs - UsAt(sample);
        _lateness.Add(arrivedUs, late);
        _jumpUs = late < JumpUs ? null : _lateness.StayedAbove(JumpUs, arrivedUs);
        if (_windowSinceUs is not { } since)
        {
            _windowSinceUs = arrivedUs;
            _windowLow = late;
            return;
        }

        _windowLow = Math.Min(_windowLow, late);
        if (arrivedUs - since < WindowUs)
        {
            return;
        }

        if (Math.Abs(_windowLow) > DeadBandUs && _windowLow < JumpUs)
        {
            Slew(sample, Math.Clamp(_windowLow, -MostSlewUs, MostSlewUs));
        }

        _windowSinceUs = null;
    }

    /// <summary>Makes the jump that is due, at a segment boundary.</summary>
    /// <param name="sample">The first sample of the segment that begins.</param>
    /// <returns>How far the map jumped, in µs; 0 when it did not.</returns>
    public long Jump(long sample)
    {
        if (_jumpUs is not { } by || !CanJumpAt(sample))
        {
            return 0;
        }

        _map = Add(new Anchor(sample, UsAt(sample) + by, AnchorCause.Jump));
        _lateness.Shift(by);
        _jumpUs = null;
        _windowSinceUs = null;
        return by;
    }

    /// <summary>The anchors that were added since <see cref="ForgetFresh"/>, in the order of their samples.</summary>
    public IReadOnlyList<Anchor> Fresh => _fresh;

    /// <summary>Copies the last anchors, enough to tell the time of the section's newest part.</summary>
    public void CopyRecent(List<Anchor> target)
    {
        target.Clear();
        target.AddRange(_recent);
    }

    /// <summary>The fresh anchors are where they belong.</summary>
    public void ForgetFresh() => _fresh.Clear();

    private void Slew(long sample, long byUs)
    {
        // A whole number of seconds behind the anchor before, where the straight line through both is exactly the nominal rate:
        // what was stored before this anchor existed keeps its value to the microsecond.
        var seconds = Math.Max(0, (sample - Last.Sample + _rate - 1) / _rate);
        var from = Last.Sample + (seconds * _rate);
        if (seconds > 0)
        {
            Add(new Anchor(from, Last.UtcUs + (seconds * Second), AnchorCause.Slew));
        }

        _map = Add(new Anchor(from + (WindowUs / Second * _rate), Last.UtcUs + WindowUs + byUs, AnchorCause.Slew));
    }

    private WallMap Add(Anchor anchor)
    {
        _fresh.Add(anchor);
        _recent.Add(anchor);
        if (_recent.Count > Kept)
        {
            _recent.RemoveAt(0);
        }

        return new WallMap(_rate, _recent);
    }
}
