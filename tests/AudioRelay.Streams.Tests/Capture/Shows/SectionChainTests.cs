using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Shows;

public sealed class SectionChainTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;

    public static TheoryData<StoredFormat, double> Formats =>
        new()
        {
            { StoredFormat.Copy, 6 },
            { StoredFormat.Opus, 6 },
            { StoredFormat.Opus, 1 },
            { StoredFormat.Opus, 20 },
            { StoredFormat.Aac, 6 },
            { StoredFormat.Wav, 6 },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Chained_sections_joined_are_the_sound_of_one_that_was_never_cut(StoredFormat format, double split)
    {
        var chained = Record(SoundFixture.Mp3, format, TimeSpan.FromSeconds(100), 280, split);
        var whole = Record(SoundFixture.Mp3, format, TimeSpan.FromHours(24), 280, split);

        Assert.Equal(3, chained.Count);
        var one = Assert.Single(whole);
        Assert.Equal(one.Bytes, chained.SelectMany(s => s.Bytes));
        Assert.Equal(one.Samples, chained.Sum(s => s.Samples));
        Assert.Equal(one.Closed!.Padding, chained[^1].Closed!.Padding);
        CheckChain(chained);

        // Media time is exact: packets × frame = delay + programme + padding.
        if (format == StoredFormat.Opus)
        {
            var packets = CountOpus(one.Bytes);
            Assert.Equal(packets * 960L, one.Opened.EncoderDelay + one.Samples + one.Closed.Padding);
        }
    }

    [Theory]
    [InlineData(StoredFormat.Opus)]
    [InlineData(StoredFormat.Aac)]
    [InlineData(StoredFormat.Wav)]
    public void What_is_stored_lasts_exactly_as_long_as_the_frames_that_came(StoredFormat format)
    {
        foreach (var fixture in SoundFixture.All)
        {
            var section = Assert.Single(Record(fixture, format, TimeSpan.FromHours(24), 40, 6));
            var frames = Assert.Single(Record(fixture, StoredFormat.Copy, TimeSpan.FromHours(24), 40, 6));
            var seconds = (double)frames.Samples / frames.Opened.Rate;
            var difference = ((double)section.Samples / section.Opened.Rate) - seconds;
            output.WriteLine($"{fixture} → {format}: {seconds:0.000} s, {difference * 1000:0.000} ms off");
            Assert.InRange(difference, -0.001, 0.001);
        }
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(StoredFormat.Wav, 44_100)]
    [InlineData(StoredFormat.Opus, 48_000)]
    public void Seventy_two_hours_of_sound_are_three_sections_and_exact_to_the_sample(StoredFormat format, int rate)
    {
        var sections = Record(SoundFixture.Mp3, format, TimeSpan.FromHours(24), 72 * 3600, 6, keepBytes: false);
        Assert.Equal(3, sections.Count(s => s.Samples > rate * 3600L));
        CheckChain(sections);
    }

    [Fact]
    public void Seventy_two_hours_of_frames_are_three_sections_and_exact_to_the_sample()
    {
        var sections = Record(SoundFixture.Mp3, StoredFormat.Copy, TimeSpan.FromHours(24), (72 * 3600) + 5, 60, keepBytes: false);
        CheckChain(sections);
        Assert.Equal(3, sections.Count);

        // Each ends at the first segment boundary after 24 h; what is left of 72 h is the third.
        var day = 24L * 3600 * 44_100;
        Assert.All(sections.Take(2), s => Assert.InRange(s.Samples, day, day + (60 * 44_100)));
    }

    private static void CheckChain(List<StoredSection> sections)
    {
        for (var i = 1; i < sections.Count; i++)
        {
            var (before, after) = (sections[i - 1], sections[i]);
            Assert.Equal(EndCause.Continued, before.Closed!.Cause);
            Assert.Equal(before.Opened.Section, after.Opened.Continues);
            Assert.Equal(before.Opened.ChainSamples + before.Samples, after.Opened.ChainSamples);
            Assert.Equal(before.Range.UntilUs, after.Range.FromUs);
        }
    }

    private static List<StoredSection> Record(
        SoundFixture fixture,
        StoredFormat format,
        TimeSpan limit,
        double seconds,
        double split,
        bool keepBytes = true
    )
    {
        var bench = new CaptureBench();
        bench.Add(
            new ShowCaptureOptions
            {
                Name = "show",
                Format = format,
                SectionLimit = limit,
                SplitInterval = TimeSpan.FromSeconds(split),
                Complexity = 0,
            },
            sink: new MemorySink { KeepsBytes = keepBytes }
        );
        var station = new ScriptedStation(
            new StationScript { Source = new LoopedSource(fixture), StartsOnFrame = true },
            CaptureBench.StartUs
        );
        return bench.Play(station, 0, seconds).End(CaptureBench.StartUs + (long)(seconds * Second)).Sink.Sections;
    }

    private static int CountOpus(byte[] blob)
    {
        var packets = 0;
        for (var at = 0; at < blob.Length; at += 2 + (blob[at] | (blob[at + 1] << 8)))
        {
            packets++;
        }

        return packets;
    }
}
