using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Timeline;

public sealed class SegmentEstimateTests
{
    private static SectionInfo Section(long? first, long? last, long samples) =>
        new()
        {
            Id = 1,
            StartUs = 5_000_000,
            StartTimestampMs = 5000,
            Codec = "opus",
            AudioFormat = "opus",
            Rate = 48000,
            Channels = 1,
            EncoderDelay = 0,
            FrameSamples = 960,
            Samples = samples,
            Segments = first is null ? 0 : last!.Value - first.Value + 1,
            FirstSegmentId = first,
            LastSegmentId = last,
            EndUs = 5_000_000,
            Ended = true,
        };

    [Theory]
    [InlineData(5000, 1)]
    [InlineData(10_000, 6)]
    [InlineData(15_000, 10)]
    [InlineData(5499, 1)]
    public void Ten_segments_of_a_second(long at, long expected)
    {
        var estimate = SegmentEstimate.Of(Section(1, 10, 480_000), at);
        Assert.Equal(
            (EstimateOutcome.Found, expected, 5000, 15_000),
            (estimate.Outcome, estimate.SegmentId, estimate.StartMs, estimate.EndMs)
        );
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 26)]
    [InlineData(50, 51)]
    [InlineData(75, 75)]
    [InlineData(100, 100)]
    public void A_hundred_segments_at_parts_of_their_time(int percent, long expected) =>
        Assert.Equal(expected, SegmentEstimate.Of(Section(1, 100, 4_800_000), 5000 + (percent * 1000)).SegmentId);

    [Theory]
    [InlineData(4999, EstimateOutcome.BeforeStart)]
    [InlineData(15_001, EstimateOutcome.AfterEnd)]
    public void Outside_it_tells_the_bounds(long at, EstimateOutcome expected)
    {
        var estimate = SegmentEstimate.Of(Section(1, 10, 480_000), at);
        Assert.Equal((expected, null, 5000, 15_000), (estimate.Outcome, estimate.SegmentId, estimate.StartMs, estimate.EndMs));
    }

    [Fact]
    public void A_section_without_segments_has_a_start_and_no_end() =>
        Assert.Equal(new SegmentEstimate(EstimateOutcome.NoSegments, null, 5000, null), SegmentEstimate.Of(Section(null, null, 0), 5000));

    [Fact]
    public void A_section_without_duration_answers_its_first_segment() =>
        Assert.Equal(7, SegmentEstimate.Of(Section(7, 9, 0), 5000).SegmentId);
}
