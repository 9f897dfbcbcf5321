using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs.Resampling;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class ResamplerTests
{
    public static TheoryData<int, int> Rates { get; } =
        new()
        {
            { 44100, 48000 },
            { 44100, 16000 },
            { 48000, 16000 },
            { 22050, 48000 },
            { 8000, 48000 },
            { 11025, 48000 },
            { 96000, 16000 },
            { 12000, 16000 },
            { 32000, 48000 },
        };

    [Theory]
    [MemberData(nameof(Rates))]
    public void However_the_sound_is_cut_the_same_samples_come_out_and_exactly_so_many(int from, int to)
    {
        var input = Signals.Music(from, 9001);
        var whole = Resample(from, to, input, input.Length);

        Assert.Equal(((9001L * to) + from - 1) / from, whole.Length);
        foreach (var chunk in new[] { 1, 2, 7, 48, 576, 1152, 4096, 4097 })
            Assert.Equal(whole, Resample(from, to, input, chunk));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Any_length_gives_its_rounded_up_share(int from, int to)
    {
        for (var length = 0; length < 300; length++)
            Assert.Equal(((length * to) + from - 1) / from, Resample(from, to, new float[length], 64).Length);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_tone_comes_out_at_its_place_in_time_without_noise(int from, int to)
    {
        var frequency = Math.Min(from, to) / 8.0;
        var output = Resample(from, to, Signals.Sine(from, frequency, from), 1152);
        var truth = Signals.Sine(to, frequency, to);

        Assert.InRange(Signals.Snr(truth.AsSpan(1000, to - 2000), output.AsSpan(1000, to - 2000)), 95, 200);
    }

    [Theory]
    [InlineData(44100, 48000, 15000, -0.1, 0.1)]
    [InlineData(44100, 48000, 18000, -2, 0)]
    [InlineData(44100, 16000, 6000, -0.5, 0.1)]
    [InlineData(44100, 16000, 7000, -8, -5)]
    public void The_pass_band_is_flat_and_its_edge_is_where_it_should_be(int from, int to, double frequency, double low, double high)
    {
        var output = Resample(from, to, Signals.Sine(from, frequency, from), 1152);
        var gain = 20 * Math.Log10(Signals.Amplitude(output.AsSpan(500, to - 1000), to, frequency) / 0.5);

        Assert.InRange(gain, low, high);
    }

    [Theory]
    [InlineData(44100, 16000, 9000, 7000)]
    [InlineData(44100, 16000, 15000, 1000)]
    [InlineData(48000, 16000, 12000, 4000)]
    [InlineData(22050, 48000, 4000, 18050)]
    public void What_lies_beyond_the_band_does_not_come_back_as_another_tone(int from, int to, double frequency, double alias)
    {
        var output = Resample(from, to, Signals.Sine(from, frequency, 4 * from), 1152);

        Assert.InRange(20 * Math.Log10(Signals.Amplitude(output.AsSpan(500, (4 * to) - 1000), to, alias) / 0.5), -400, -95);
    }

    [Fact]
    public void Equal_rates_pass_through_untouched()
    {
        var input = Signals.Music(48000, 5000);

        Assert.Equal(input, Resample(48000, 48000, input, 333));
    }

    [Fact]
    public void After_a_flush_it_begins_anew()
    {
        var input = Signals.Music(44100, 3000);
        var resampler = new Resampler(44100, 48000);
        var first = Feed(resampler, input, 500);
        var second = Feed(resampler, input, 500);

        Assert.Equal(first, second);
        Assert.Equal((0, 0), (resampler.Consumed, resampler.Produced));
    }

    private static float[] Resample(int from, int to, float[] input, int chunk) => Feed(new Resampler(from, to), input, chunk);

    private static float[] Feed(Resampler resampler, float[] input, int chunk)
    {
        List<float> output = [];
        for (var i = 0; i < input.Length; i += chunk)
            output.AddRange(resampler.Process(input.AsSpan(i, Math.Min(chunk, input.Length - i))));
        Assert.Equal((input.Length, output.Count), (resampler.Consumed, resampler.Produced));
        output.AddRange(resampler.Flush());
        return CollectionsMarshal.AsSpan(output).ToArray();
    }
}
