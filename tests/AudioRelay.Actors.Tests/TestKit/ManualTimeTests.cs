using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.TestKit;

public sealed class ManualTimeTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();

    [Fact]
    public void Timers_go_off_in_the_order_they_are_due_and_see_their_own_time()
    {
        var start = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", 3 * _second);
        using var soon = Timer("soon", 1 * _second);
        using var same = Timer("same", 1 * _second);
        _time.Advance(5 * _second);
        Assert.Equal([("soon", 1 * _second), ("same", 1 * _second), ("late", 3 * _second)], fired);
        Assert.Equal(start + (5 * _second), _time.GetUtcNow());

        ITimer Timer(string name, TimeSpan due) =>
            _time.CreateTimer(_ => fired.Add((name, _time.GetUtcNow() - start)), null, due, Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_timer_armed_by_a_timer_goes_off_within_the_same_advance()
    {
        var times = new List<TimeSpan>();
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                times.Add(_time.Elapsed);
                timer!.Change(_second, Timeout.InfiniteTimeSpan);
            },
            null,
            _second,
            Timeout.InfiniteTimeSpan
        );
        _time.Advance(3 * _second);
        Assert.Equal([1 * _second, 2 * _second, 3 * _second], times);
        timer.Dispose();
        _time.Advance(3 * _second);
        Assert.Equal(3, times.Count);
    }

    [Fact]
    public void A_timer_does_not_go_off_a_tick_early()
    {
        var fired = false;
        using var timer = _time.CreateTimer(_ => fired = true, null, _second, Timeout.InfiniteTimeSpan);
        _time.Advance(_second - TimeSpan.FromTicks(1));
        Assert.False(fired);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(fired);
    }

    [Fact]
    public async Task Delays_and_cancellation_sources_follow_it()
    {
        using var source = new CancellationTokenSource(2 * _second, _time);
        var delay = Task.Delay(_second, _time, TestContext.Current.CancellationToken);
        _time.Advance(_second);
        await delay.Guarded("the delay");
        Assert.False(source.IsCancellationRequested);
        _time.Advance(_second);
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task Armed_completes_when_a_timer_is_due_exactly_that_far_from_now()
    {
        using var earlier = _time.CreateTimer(_ => { }, null, 10 * _second, Timeout.InfiniteTimeSpan);
        _time.Advance(_second);
        var armed = _time.Armed(10 * _second);
        Assert.False(armed.IsCompleted);
        earlier.Change(10 * _second, Timeout.InfiniteTimeSpan);
        await armed;
        Assert.True(_time.Armed(10 * _second).IsCompleted);
        Assert.False(_time.Armed(10 * _second, count: 2).IsCompleted);
        Assert.Equal(10 * _second, await _time.AnyArmed());
    }

    [Fact]
    public async Task The_next_arming_is_one_after_the_call()
    {
        using var timer = _time.CreateTimer(_ => { }, null, _second, Timeout.InfiniteTimeSpan);
        var next = _time.NextArming();
        Assert.False(next.IsCompleted);
        timer.Change(_second, Timeout.InfiniteTimeSpan);
        await next;
    }

    [Fact]
    public void A_step_of_the_wall_clock_moves_neither_timers_nor_timestamps()
    {
        var (wall, stamp) = (_time.GetUtcNow(), _time.GetTimestamp());
        using var timer = _time.CreateTimer(_ => Assert.Fail("went off"), null, _second, Timeout.InfiniteTimeSpan);
        _time.StepWallClock(TimeSpan.FromHours(1));
        _time.Advance(_second / 2);
        Assert.Equal(wall + TimeSpan.FromHours(1) + (_second / 2), _time.GetUtcNow());
        Assert.Equal(_second / 2, _time.GetElapsedTime(stamp));
        Assert.NotEqual(TimeSpan.TicksPerSecond, _time.TimestampFrequency);
    }

    [Fact]
    public void Periodic_timers_and_a_second_driver_are_refused()
    {
        Assert.Throws<NotSupportedException>(() => _time.CreateTimer(_ => { }, null, _second, _second));
        using var timer = _time.CreateTimer(_ => _time.Advance(_second), null, _second, Timeout.InfiniteTimeSpan);
        Assert.Throws<InvalidOperationException>(() => _time.Advance(2 * _second));
    }
}
