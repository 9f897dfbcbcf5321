using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Tests.Capture.Clock;

public sealed class SimulatedDayTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    [InlineData(200)]
    [InlineData(-200)]
    public void A_day_of_a_station_whose_clock_is_wrong_stays_within_a_second_of_the_truth(double ppm)
    {
        var hours = Math.Abs(ppm) == 100 ? 24 : 9;
        var pauses = new[] { (At: 2.0 * 3600, For: 3.0), (At: 5.5 * 3600, For: 9.0), (At: (5.5 * 3600) + 40, For: 3.0) };
        var bench = new CaptureBench();
        bench.Add(new ShowCaptureOptions { Name = "day", Format = StoredFormat.Copy }, sink: new MemorySink { KeepsBytes = false });
        var day = new DayOfFrames(ppm, pauses, stalls: [(At: 7.0 * 3600, For: 9.0), (At: 8.0 * 3600, For: 3.0)]);
        day.Play(bench, hours * 3600.0);
        bench.End(CaptureBench.StartUs + (hours * 3600 * Second));

        var section = Assert.Single(bench.Sink.Sections);
        var (worst, worstAfterPause) = Errors(day, section, pauses);
        output.WriteLine(
            $"{ppm:+0;-0} ppm, {hours} h: worst {worst / 1000.0:0} ms, within 65 s of a pause {worstAfterPause / 1000.0:0} ms, {section.Anchors.Count} anchors, {section.Segments.Count} segments"
        );
        Assert.InRange(worst, 0, Second);

        // Coverage and gaps are the window, to the microsecond; each gap is a pause, and says so.
        var window = new UtcRange(section.Range.FromUs, section.Range.UntilUs);
        var covered = section.Map.Cover(0, section.Samples);
        var gaps = Intervals.Subtract([window], covered);
        Assert.Equal(window.LengthUs, Intervals.TotalUs(covered) + Intervals.TotalUs(gaps));
        Assert.InRange(Intervals.TotalUs(gaps), 15 * Second - 600_000, 15 * Second + 600_000);
        foreach (var gap in gaps)
        {
            Assert.Contains(
                bench.Sink.Journal,
                j => j is Trouble { Cause: GapCause.Stalled } t && t.FromUs <= gap.FromUs && t.UntilUs >= gap.UntilUs
            );
        }

        // Jumps fall on segment boundaries.
        var boundaries = section.Segments.Select(s => s.Facts.FirstSample).ToHashSet();
        Assert.All(section.Anchors.Where(a => a.Cause == AnchorCause.Jump), a => Assert.Contains(a.Sample, boundaries));
    }

    private static (long Worst, long WorstAfterPause) Errors(DayOfFrames day, StoredSection section, (double At, double For)[] pauses)
    {
        var map = section.Map;
        long worst = 0,
            worstAfter = 0;
        for (var frame = 1L; frame * DayOfFrames.FrameSamples <= section.Samples; frame += 16)
        {
            var trueUs = day.EndsUs(frame - 1);
            var error = Math.Abs(map.UtcUsBefore(frame * DayOfFrames.FrameSamples) - trueUs);
            var since = (trueUs - CaptureBench.StartUs) / 1e6;
            if (Array.Exists(pauses, p => since >= p.At && since < p.At + p.For + 65))
            {
                worstAfter = Math.Max(worstAfter, error);
            }
            else
            {
                worst = Math.Max(worst, error);
            }
        }

        return (worst, worstAfter);
    }
}
