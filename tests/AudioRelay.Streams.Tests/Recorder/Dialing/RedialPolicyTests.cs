using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

public sealed class RedialPolicyTests
{
    [Fact]
    public void After_sound_the_first_redial_is_at_once()
    {
        var policy = new RedialPolicy();
        policy.Dialled(0);
        policy.Heard();
        Assert.Equal(TimeSpan.Zero, policy.Delay(1, 0.5));
    }

    [Fact]
    public void Delays_double_over_attempts_without_sound_up_to_the_cap()
    {
        var policy = new RedialPolicy();
        List<double> seconds = [];
        for (var attempt = 0; attempt < 7; attempt++)
        {
            policy.Dialled(attempt * 100_000_000L);
            seconds.Add(policy.Delay(attempt * 100_000_000L, 0).TotalSeconds);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10], seconds);
    }

    [Fact]
    public void Jitter_spreads_the_cap_too()
    {
        var policy = new RedialPolicy();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            policy.Dialled(attempt * 100_000_000L);
        }

        Assert.NotEqual(policy.Delay(2_000_000_000, 0.1), policy.Delay(2_000_000_000, 0.9));
    }

    [Fact]
    public void A_station_that_flaps_with_sound_is_dialled_at_most_twenty_times_a_minute()
    {
        var policy = new RedialPolicy();
        var now = 0L;
        List<long> dials = [];
        for (var attempt = 0; attempt < 100; attempt++)
        {
            now += (long)policy.Delay(now, 0.5).TotalMicroseconds;
            policy.Dialled(now);
            dials.Add(now);
            policy.Heard();
            now += 200_000; // a fifth of a second of sound, then the line drops
        }

        Assert.All(dials, from => Assert.True(dials.Count(d => d >= from && d < from + 60_000_000) <= RedialPolicy.MostPerMinute));
    }
}
