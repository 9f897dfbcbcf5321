namespace AudioRelay.TestKit.Time;

/// <summary>A clock that stands still until a test moves it. One test, one driver of time.</summary>
/// <remarks>
/// Advancing fires only timers that are already armed, so "advance, then await" hangs now and then. Await <see cref="Armed"/> first:
/// it completes when the code under test is waiting. Timers go off in the order in which they are due, on the thread that advances,
/// and the clock shows each one its own due time. Periodic timers are refused: whether one is waiting cannot be told from outside.
/// </remarks>
public sealed class ManualTime : TimeProvider
{
    // Not the frequency of TimeSpan and not that of Stopwatch, so that code which confuses them fails; a multiple of the first by a
    // power of two, so that elapsed times stay exact.
    private const long TimestampsPerTick = 4;
    private const long FirstTimestamp = 987_654_321;

    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.ByDueTime);
    private readonly List<ArmingWait> _waits = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _wallStep;
    private TimeSpan _elapsed;
    private long _armings;
    private bool _advancing;

    /// <param name="start">What the wall clock shows at first; noon of 2026-01-15 UTC if nothing is given.</param>
    public ManualTime(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * TimestampsPerTick;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far time was advanced since the clock was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>How long each armed timer still has to go, soonest first.</summary>
    public IReadOnlyList<TimeSpan> ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return [.. _armed.Select(timer => timer.Due - _elapsed)];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _start + _wallStep + _elapsed;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return FirstTimestamp + (_elapsed.Ticks * TimestampsPerTick);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer that falls due on the way, those armed by other timers' callbacks included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
        {
            if (_advancing)
            {
                throw new InvalidOperationException("Time is already being advanced: a test has one driver of time.");
            }

            _advancing = true;
            target = _elapsed + by;
        }

        try
        {
            while (NextDue(target) is { } timer)
            {
                timer.Fire();
            }
        }
        finally
        {
            lock (_gate)
            {
                _elapsed = target;
                _advancing = false;
            }
        }
    }

    /// <summary>Advances until the wall clock shows <paramref name="utc"/>.</summary>
    public void AdvanceTo(DateTimeOffset utc) => Advance(utc - GetUtcNow());

    /// <summary>Sets the wall clock forward or back, as a person or NTP would: timestamps and timers do not notice.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _wallStep += by;
        }
    }

    /// <summary>
    /// Completes when <paramref name="count"/> timers are armed that go off exactly <paramref name="delay"/> from now; at once if they are already.
    /// </summary>
    /// <remarks>Fails after a guard of real time, saying what was armed instead.</remarks>
    public Task Armed(TimeSpan delay, int count = 1) =>
        Wait(() => _armed.Count(timer => timer.Due - _elapsed == delay) >= count, $"{count} timer(s) of {delay} to be armed");

    /// <summary>Completes when any timer is armed, at once if one is already; gives the time until the soonest goes off.</summary>
    public async Task<TimeSpan> AnyArmed()
    {
        await Wait(() => _armed.Count > 0, "any timer to be armed");
        return ArmedTimers is [var soonest, ..] ? soonest : TimeSpan.Zero;
    }

    /// <summary>Completes at the next arming or re-arming of any timer after this call: take it first, then trigger.</summary>
    public Task NextArming()
    {
        var seen = Interlocked.Read(ref _armings);
        return Wait(() => _armings > seen, "another timer to be armed");
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            timer.Due = _elapsed + dueTime;
            timer.Sequence = ++_armings;
            _armed.Add(timer);
            _waits.RemoveAll(wait => wait.CompleteIfMet());
        }
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private ManualTimer? NextDue(TimeSpan target)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.Due > target)
            {
                return null;
            }

            _armed.Remove(timer);
            _elapsed = timer.Due;
            return timer;
        }
    }

    private Task Wait(Func<bool> isMet, string awaited)
    {
        var wait = new ArmingWait(isMet);
        lock (_gate)
        {
            if (wait.CompleteIfMet())
            {
                return Task.CompletedTask;
            }

            _waits.Add(wait);
        }

        return wait.Met.Guarded(() => $"{awaited}; armed now: [{string.Join(", ", ArmedTimers)}]");
    }
}
