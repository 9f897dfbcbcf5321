using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Tests.Supervision;

public sealed class BackoffTests
{
    private static readonly Backoff _backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 0.5);

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(3, 0, 4)]
    [InlineData(4, 0, 8)]
    [InlineData(5, 0, 10)]
    [InlineData(1_000_000, 0, 10)]
    [InlineData(1, 0.5, 1.25)]
    [InlineData(5, 0.5, 12.5)]
    public void The_delay_doubles_up_to_the_cap_and_is_spread_after_it(int failures, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _backoff.After(failures, random));

    [Fact]
    public void The_first_failure_is_number_one() => Assert.Throws<ArgumentOutOfRangeException>(() => _backoff.After(0, 0));
}
