using AudioRelay.Http.Security.Limits;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Security.Limits;

public sealed class ThrottleTests
{
    private readonly ManualTime _time = new();

    private Throttle Start() => new(new Rate(5, TimeSpan.FromMinutes(1)), _time);

    [Fact]
    public void Five_at_once_then_one_each_twelve_seconds()
    {
        var throttle = Start();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(throttle.Take("a"));
        }

        Assert.Equal(TimeSpan.FromSeconds(12), throttle.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(TimeSpan.FromSeconds(1), throttle.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(throttle.Take("a"));
        Assert.NotNull(throttle.Take("a"));
    }

    [Fact]
    public void Callers_do_not_pay_for_each_other()
    {
        var throttle = Start();
        while (throttle.Take("a") is null) { }

        Assert.Null(throttle.Take("b"));
    }

    [Fact]
    public void What_is_given_back_may_be_taken_again()
    {
        var throttle = Start();
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(throttle.Take("a"));
            throttle.GiveBack("a");
        }
    }

    [Fact]
    public void A_hundred_thousand_callers_are_not_remembered_but_the_worst_is()
    {
        var throttle = Start();
        while (throttle.Take("worst") is null) { }
        for (var i = 0; i < 100_000; i++)
        {
            throttle.Take($"{i}");
        }

        Assert.NotNull(throttle.Take("worst"));
        Assert.True(throttle.Remembered <= 10_000);
    }
}
