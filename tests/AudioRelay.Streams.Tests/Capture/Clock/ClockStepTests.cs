using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Clock;

/// <summary>The recorder's own clock is wrong, and is set.</summary>
public sealed class ClockStepTests
{
    private const long Second = CaptureBench.Second;

    [Theory]
    [InlineData(0.9)]
    [InlineData(-0.9)]
    public void Small_steps_that_add_up_to_more_than_two_seconds_end_the_section(double step)
    {
        var bench = Run(TimeSpan.FromHours(24), 160, (20, step), (40, 2 * step), (60, 3 * step));

        Assert.Equal([EndCause.ClockStep, EndCause.WindowEnd], bench.Sink.Sections.Select(s => s.Closed!.Cause));
        TimeIsTheClocks(bench, 160, 3 * step, within: 0.2);
        Assert.True(bench.Sink.Sections[1].Range.FromUs >= bench.Sink.Sections[0].Range.UntilUs, "no time twice");
    }

    [Fact]
    public void At_a_long_chains_cut_a_clock_that_was_set_forward_is_believed_again()
    {
        var bench = Run(TimeSpan.FromSeconds(100), 160, (20, 1.5));

        var (one, two) = (bench.Sink.Sections[0], bench.Sink.Sections[1]);
        Assert.Equal(one.Opened.Section, two.Opened.Continues);
        Assert.InRange(two.Range.FromUs - one.Range.UntilUs, (long)(1.4 * Second), (long)(1.6 * Second));
        var trouble = Assert.Single(bench.Sink.Journal.OfType<Trouble>());
        Assert.Equal((GapCause.ClockStep, one.Range.UntilUs, two.Range.FromUs), (trouble.Cause, trouble.FromUs, trouble.UntilUs!.Value));
        TimeIsTheClocks(bench, 160, 1.5, within: 0.2);
    }

    [Fact]
    public void At_a_long_chains_cut_a_clock_that_was_set_back_is_followed_slowly_and_no_time_is_covered_twice()
    {
        var bench = Run(TimeSpan.FromSeconds(100), 190, (20, -1.5));

        var (one, two) = (bench.Sink.Sections[0], bench.Sink.Sections[1]);
        Assert.Equal(one.Opened.Section, two.Opened.Continues);
        Assert.Equal(one.Range.UntilUs, two.Range.FromUs);
        Assert.Contains(
            two.Anchors,
            a => a.Cause == AnchorCause.Slew && a.UtcUs < two.Range.FromUs + (a.Sample * Second / two.Opened.Rate)
        );
    }

    [Fact]
    public void A_clock_that_is_set_back_by_minutes_ends_the_section_and_says_so_and_the_next_is_told_the_true_time()
    {
        var bench = Run(TimeSpan.FromHours(24), 200, (0, 100), (20, 0));

        Assert.Equal([EndCause.ClockStep, EndCause.WindowEnd], bench.Sink.Sections.Select(s => s.Closed!.Cause));
        var (one, two) = (bench.Sink.Sections[0], bench.Sink.Sections[1]);
        Assert.InRange(two.Range.FromUs - one.Range.UntilUs, 0, Second);
        var trouble = Assert.Single(bench.Sink.Journal.OfType<Trouble>(), t => t.Cause == GapCause.ClockStep);
        Assert.InRange(trouble.FromUs - CaptureBench.StartUs, 19 * Second, 22 * Second);
        Assert.Equal(one.Range.UntilUs, trouble.UntilUs);
        TimeIsTheClocks(bench, 200, 0, within: 0.2);
    }

    [Fact]
    public void A_show_that_was_once_recorded_in_the_future_says_what_to_do_instead_of_labelling_everything_wrong()
    {
        var future = CaptureBench.StartUs + (365L * 86_400 * Second);
        var bench = new CaptureBench();
        var show = bench.Add(
            new ShowCaptureOptions { Name = "copy", Format = StoredFormat.Copy },
            position: new ShowPosition(future - Second, future)
        );
        bench.Play(new ScriptedStation(new StationScript(), CaptureBench.StartUs), 1, 60);
        Assert.Equal(GapCause.ClockStep, show.Fault);
        bench.End(CaptureBench.StartUs + (60 * Second));

        Assert.Empty(bench.Sink.Sections);
        var trouble = Assert.IsType<Trouble>(Assert.Single(bench.Sink.Journal));
        Assert.Equal((GapCause.ClockStep, future), (trouble.Cause, trouble.UntilUs!.Value));
        Assert.Contains("move the show's file away", trouble.Detail, StringComparison.Ordinal);
    }

    private static CaptureBench Run(TimeSpan limit, double seconds, params (double At, double Error)[] steps)
    {
        var bench = new CaptureBench();
        bench.Add(
            new ShowCaptureOptions
            {
                Name = "copy",
                Format = StoredFormat.Copy,
                SectionLimit = limit,
            }
        );
        var until = CaptureBench.StartUs + (long)(seconds * Second);
        var records = ByteRecording
            .Of(new ScriptedStation(new StationScript(), CaptureBench.StartUs), CaptureBench.StartUs + Second, until)
            .ToList();
        var from = 0L;
        foreach (var (at, error) in steps)
        {
            var atUs = CaptureBench.StartUs + (long)(at * Second);
            bench.Play(records.Where(r => r.AtUs >= from && r.AtUs < atUs), atUs);
            from = atUs;
            bench.ClockErrorUs = (long)(error * Second);
        }

        return bench.Play(records.Where(r => r.AtUs >= from), until).End(until);
    }

    // The last sample was sounded just now.
    private static void TimeIsTheClocks(CaptureBench bench, double seconds, double error, double within)
    {
        var late = bench.Sink.Sections[^1].Range.UntilUs - CaptureBench.StartUs - (long)((seconds + error) * Second);
        Assert.InRange(late / 1e6, -within - 0.6, within);
    }
}
