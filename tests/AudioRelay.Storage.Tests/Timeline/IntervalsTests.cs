using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Timeline;

public sealed class IntervalsTests
{
    [Fact]
    public void Stretches_that_touch_become_one() =>
        Assert.Equal(
            [new UtcRange(0, 30), new UtcRange(31, 40)],
            Intervals.Union([new(10, 20), new(0, 10), new(31, 40), new(15, 30), new(5, 5)])
        );

    [Fact]
    public void Subtracting_cuts_at_both_ends_and_in_the_middle() =>
        Assert.Equal(
            [new UtcRange(5, 10), new UtcRange(20, 25), new UtcRange(35, 40)],
            Intervals.Subtract([new(0, 30), new(35, 50)], [new(-5, 5), new(10, 20), new(25, 35), new(40, 60)])
        );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_algebra_agrees_with_counting_each_microsecond(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var (a, b) = (Ranges(random), Ranges(random));
            var limit = new UtcRange(random.Next(60), random.Next(60));
            var expected = Enumerable.Range(0, 60).Where(t => In(a, t) && !In(b, t)).ToList();
            var rest = Intervals.Subtract(a, b);
            Assert.Equal(expected, Enumerable.Range(0, 60).Where(t => In(rest, t)));
            Assert.Equal(expected.Count, Intervals.TotalUs(rest));
            var clipped = Intervals.Clip(a, limit);
            Assert.Equal(
                Enumerable.Range(0, 60).Where(t => In(a, t) && In([limit], t)),
                Enumerable.Range(0, 60).Where(t => In(clipped, t))
            );
        }
    }

    private static bool In(IEnumerable<UtcRange> ranges, long at) => ranges.Any(r => r.FromUs <= at && at < r.UntilUs);

    private static List<UtcRange> Ranges(Random random) =>
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => new UtcRange(random.Next(60), random.Next(60)))];
}
