using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver.Shows;

public sealed class ProgressTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Rate_and_time_left_come_from_what_was_pulled()
    {
        var progress = new Progress(_time);
        progress.Begin(1000);
        _time.Advance(TimeSpan.FromSeconds(2));
        progress.Add(2_000_000, 100);
        Assert.Equal((1_000_000d, TimeSpan.FromSeconds(18)), progress.Rate(900));
        Assert.Equal(1000, progress.Total);
    }

    [Fact]
    public void Only_the_last_seconds_count()
    {
        var progress = new Progress(_time);
        progress.Begin(1000);
        for (var second = 0; second < 20; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Add(second < 10 ? 9_000_000 : 1_000_000, 10);
        }

        var (rate, left) = progress.Rate(100);
        Assert.Equal(1_000_000d, rate!.Value, 200_000d);
        Assert.Equal(10, left!.Value.TotalSeconds, 2d);
    }

    [Fact]
    public void Nothing_is_told_before_the_first_pull_and_after_the_end()
    {
        var progress = new Progress(_time);
        Assert.Equal((null, null), progress.Rate(5));
        progress.Begin(5);
        Assert.Equal((null, null), progress.Rate(5));
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Add(10, 0);
        Assert.Equal((10d, null), progress.Rate(5));
        progress.End();
        Assert.Equal((null, null), progress.Rate(0));
        Assert.Equal(0, progress.Total);
    }

    [Fact]
    public void The_total_grows_when_more_is_recorded_while_it_catches_up()
    {
        var progress = new Progress(_time);
        progress.Begin(100);
        progress.Begin(40);
        Assert.Equal(100, progress.Total);
        progress.Begin(120);
        Assert.Equal(120, progress.Total);
    }
}
