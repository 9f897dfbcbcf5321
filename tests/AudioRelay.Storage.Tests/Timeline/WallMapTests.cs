using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Timeline;

public sealed class WallMapTests
{
    private const long Noon = 1_790_000_000_000_000;

    private static WallMap Map(int rate, params (long Sample, long Us, AnchorCause Cause)[] anchors) =>
        new(rate, anchors.Select(a => new Anchor(a.Sample, Noon + a.Us, a.Cause)));

    [Fact]
    public void After_the_last_anchor_it_runs_at_nominal_rate()
    {
        var map = Map(48000, (0, 0, AnchorCause.Start));
        Assert.Equal(Noon + 1_000_000, map.UtcUsAt(48000));
        Assert.Equal(Noon + 20, map.UtcUsAt(1)); // 20.83 µs, rounded down
        Assert.Equal(Noon + 86_400_000_000, map.UtcUsAt(48000L * 86400));
        Assert.Equal(Noon - 21, map.UtcUsAt(-1));
    }

    [Fact]
    public void Between_an_anchor_and_a_slew_it_is_a_straight_line()
    {
        var map = Map(48000, (0, 0, AnchorCause.Start), (480000, 10_005_000, AnchorCause.Slew));
        Assert.Equal(Noon + 5_002_500, map.UtcUsAt(240000));
        Assert.Equal(Noon + 10_005_000, map.UtcUsAt(480000));
        Assert.Equal(Noon + 11_005_000, map.UtcUsAt(528000));
        Assert.Equal(Noon + 10_005_000, map.UtcUsBefore(480000));
    }

    [Fact]
    public void Before_a_jump_it_runs_at_nominal_rate_and_then_stands_where_the_jump_lands()
    {
        var map = Map(48000, (0, 0, AnchorCause.Start), (480000, 13_000_000, AnchorCause.Jump));
        Assert.Equal(Noon + 9_999_979, map.UtcUsAt(479999));
        Assert.Equal(Noon + 10_000_000, map.UtcUsBefore(480000));
        Assert.Equal(Noon + 13_000_000, map.UtcUsAt(480000));
        Assert.Equal(480000, map.SampleAt(Noon + 10_000_000));
        Assert.Equal(480000, map.SampleAt(Noon + 12_999_999));
        Assert.Equal(480001, map.SampleAt(Noon + 13_000_001));
        Assert.Equal([new UtcRange(Noon, Noon + 10_000_000), new UtcRange(Noon + 13_000_000, Noon + 14_000_000)], map.Cover(0, 528000));
    }

    [Fact]
    public void A_jump_at_the_sample_where_a_slew_landed_keeps_both()
    {
        var map = Map(48000, (0, 0, AnchorCause.Start), (480000, 10_005_000, AnchorCause.Slew), (480000, 13_000_000, AnchorCause.Jump));
        Assert.Equal(Noon + 5_002_500, map.UtcUsAt(240000));
        Assert.Equal(Noon + 10_005_000, map.UtcUsBefore(480000));
        Assert.Equal(Noon + 13_000_000, map.UtcUsAt(480000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_sample_at_an_instant_is_the_first_that_begins_at_or_after_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var map = Any(random);
            var utc = map.UtcUsAt(0) + random.NextInt64(-1_000_000, 90_000_000);
            var sample = map.SampleAt(utc);
            Assert.True(map.UtcUsAt(sample) >= utc, $"seed {seed}, round {round}");
            Assert.True(map.UtcUsAt(sample - 1) < utc, $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Adjacent_ranges_share_no_sample_and_lose_none(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var map = Any(random);
            var cut = map.UtcUsAt(0) + random.NextInt64(0, 60_000_000);
            var sample = map.SampleAt(cut);
            Assert.True(map.UtcUsBefore(sample) <= cut + 1_000_000 || map.UtcUsAt(sample - 1) < cut);
            Assert.Equal(sample, map.SampleAt(cut));
            var covered = Intervals.TotalUs(map.Cover(0, sample)) + Intervals.TotalUs(map.Cover(sample, 5_000_000));
            Assert.Equal(Intervals.TotalUs(map.Cover(0, 5_000_000)), covered);
        }
    }

    private static WallMap Any(Random random)
    {
        var rate = new[] { 8000, 16000, 22050, 44100, 48000 }[random.Next(5)];
        var anchors = new List<Anchor> { new(0, Noon, AnchorCause.Start) };
        for (var i = random.Next(6); i > 0; i--)
        {
            var map = new WallMap(rate, anchors);
            var sample = anchors[^1].Sample + random.NextInt64(1, rate * 20L);
            var nominal = map.UtcUsAt(sample);
            anchors.Add(
                random.Next(2) == 0
                    ? new Anchor(sample, nominal + random.NextInt64(-2000, 2000), AnchorCause.Slew)
                    : new Anchor(sample, nominal + random.NextInt64(1, 9_000_000), AnchorCause.Jump)
            );
        }

        return new WallMap(rate, anchors);
    }
}
