using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Streams.Tests.Recorder.Demands;

public sealed class ShowDemandsTests
{
    [Theory]
    [InlineData("09:00", "17:00", "2026-11-20T12:00:00Z", "2026-11-20T09:00:00Z", "2026-11-20T17:00:00Z")]
    [InlineData("09:00", "17:00", "2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-20T17:00:00Z")]
    [InlineData("09:00", "17:00", "2026-11-20T17:00:00Z", "2026-11-21T09:00:00Z", "2026-11-21T17:00:00Z")]
    [InlineData("09:00", "17:00", "2026-11-20T03:00:00Z", "2026-11-20T09:00:00Z", "2026-11-20T17:00:00Z")]
    [InlineData("22:00", "02:00", "2026-11-20T23:30:00Z", "2026-11-20T22:00:00Z", "2026-11-21T02:00:00Z")]
    [InlineData("22:00", "02:00", "2026-11-21T01:59:59Z", "2026-11-20T22:00:00Z", "2026-11-21T02:00:00Z")]
    [InlineData("22:00", "02:00", "2026-11-21T02:00:00Z", "2026-11-21T22:00:00Z", "2026-11-22T02:00:00Z")]
    [InlineData("00:00", "23:59", "2026-12-31T23:59:30Z", "2027-01-01T00:00:00Z", "2027-01-01T23:59:00Z")]
    public void A_daily_window_is_the_one_open_now_or_the_next(string start, string end, string now, string from, string until)
    {
        var window = new DailyWindow(TimeOnly.Parse(start), TimeOnly.Parse(end));
        Assert.Equal(new Demand(Us(from), Us(until)), ShowDemands.At([window], Us(now)));
    }

    [Fact]
    public void Equal_start_and_end_mean_all_day()
    {
        Assert.Equal(Demand.Always, ShowDemands.At([new DailyWindow(new(8, 0), new(8, 0))], Us("2026-11-20T12:00:00Z")));
    }

    [Fact]
    public void Windows_that_touch_are_one_stretch()
    {
        DailyWindow[] windows = [new(new(9, 0), new(12, 0)), new(new(12, 0), new(15, 0)), new(new(20, 0), new(21, 0))];
        Assert.Equal(
            new Demand(Us("2026-11-20T09:00:00Z"), Us("2026-11-20T15:00:00Z")),
            ShowDemands.At(windows, Us("2026-11-20T10:00:00Z"))
        );
    }

    [Fact]
    public void Windows_that_cover_the_day_between_them_have_no_end()
    {
        DailyWindow[] windows = [new(new(0, 0), new(12, 0)), new(new(12, 0), new(0, 0))];
        Assert.Equal(long.MaxValue, ShowDemands.At(windows, Us("2026-11-20T10:00:00Z"))!.Value.UntilUs);
    }

    [Fact]
    public void A_show_without_a_reason_is_not_wanted()
    {
        Assert.Null(ShowDemands.At([], 0));
    }

    private static long Us(string text) => (DateTimeOffset.Parse(text).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
}
