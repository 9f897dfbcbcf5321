using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Shows;

/// <summary>Three shows on one station, of which the one in the middle breaks.</summary>
public sealed class BrokenShowTests
{
    private const long Second = CaptureBench.Second;

    private static ShowCaptureOptions CopyOptions => new() { Name = "copy", Format = StoredFormat.Copy };

    private static ShowCaptureOptions OpusOptions =>
        new()
        {
            Name = "opus",
            Format = StoredFormat.Opus,
            Complexity = 0,
        };

    [Fact]
    public void A_show_whose_decoder_is_missing_says_so_once_and_its_stations_other_shows_record()
    {
        var bench = new CaptureBench();
        bench.Add(CopyOptions);
        var broken = bench.Add(OpusOptions, codecs: new CodecCatalog([CodecLibrary.Mpg123, CodecLibrary.Libavcodec]));
        bench.Add(OpusOptions);
        bench.Play(new ScriptedStation(new StationScript(), CaptureBench.StartUs), 1, 100);

        Assert.IsType<MissingLibraryException>(broken.Failure);
        Assert.Equal(GapCause.NotRunning, broken.Fault);
        bench.End(CaptureBench.StartUs + (100 * Second));
        var trouble = Assert.IsType<Trouble>(Assert.Single(bench.Shows[1].Sink.Journal));
        Assert.Contains("needs the library", trouble.Detail, StringComparison.Ordinal);
        Assert.InRange(trouble.FromUs - CaptureBench.StartUs, 0, 20 * Second);
        TheOthersRecordedAll(bench, 98);
    }

    [Fact]
    public void A_show_whose_writer_throws_ends_its_section_with_the_cause_and_begins_another_when_it_works_again()
    {
        var bench = new CaptureBench();
        bench.Add(CopyOptions);
        var broken = bench.Add(CopyOptions);
        bench.Add(OpusOptions);
        var sink = bench.Shows[1].Sink;
        var records = ByteRecording
            .Of(
                new ScriptedStation(new StationScript(), CaptureBench.StartUs),
                CaptureBench.StartUs + Second,
                CaptureBench.StartUs + (120 * Second)
            )
            .ToList();
        bench.Play(records, CaptureBench.StartUs + (30 * Second));
        sink.Breaks = new InvalidOperationException("a bug");
        bench.Play(records.Where(r => r.AtUs >= CaptureBench.StartUs + (30 * Second)), CaptureBench.StartUs + (50 * Second));
        Assert.Same(sink.Breaks, broken.Failure);
        sink.Breaks = null;
        bench.Play(records.Where(r => r.AtUs >= CaptureBench.StartUs + (50 * Second)), CaptureBench.StartUs + (120 * Second));
        Assert.Null(broken.Failure);
        bench.End(CaptureBench.StartUs + (120 * Second));

        Assert.Equal([EndCause.NotRunning, EndCause.WindowEnd], sink.Sections.Select(s => s.Closed!.Cause));
        Assert.Equal("a bug", Assert.Single(sink.Journal.OfType<Trouble>()).Detail);
        TheOthersRecordedAll(bench, 118);
    }

    [Fact]
    public void A_spool_that_may_not_be_written_costs_no_sound_of_any_show()
    {
        var bench = new CaptureBench();
        bench.Add(CopyOptions);
        var spool = new MemorySpool { Fails = true, With = new UnauthorizedAccessException("read-only") };
        var show = bench.Add(CopyOptions, spool);
        bench.Add(OpusOptions);
        bench.Play(new ScriptedStation(new StationScript(), CaptureBench.StartUs), 1, 40).End(CaptureBench.StartUs + (40 * Second));

        Assert.True(show.SpoolFailures > 0);
        Assert.Equal(bench.Sink.Sections.Single().Samples, bench.Shows[1].Sink.Sections.Single().Samples);
        TheOthersRecordedAll(bench, 38);
    }

    private static void TheOthersRecordedAll(CaptureBench bench, double seconds)
    {
        foreach (var sink in new[] { bench.Shows[0].Sink, bench.Shows[2].Sink })
        {
            var section = Assert.Single(sink.Sections);
            Assert.InRange((double)section.Samples / section.Opened.Rate, seconds, seconds + 3);
        }
    }
}
