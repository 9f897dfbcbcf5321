using System.Security.Cryptography;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Shows;

public sealed class ShowCaptureTests
{
    private const long Second = CaptureBench.Second;

    private static ShowCaptureOptions CopyOptions => new() { Name = "copy", Format = StoredFormat.Copy };

    [Theory]
    [InlineData("music", 3156, 0)]
    [InlineData("scanner", 17538, 128)]
    public void A_real_capture_is_copied_byte_for_byte_with_its_titles_where_they_belong(string which, int frames, long skipped)
    {
        var capture = which == "music" ? RealCaptures.Music : RealCaptures.Scanner;
        var raw = RealCaptures.Raw(capture.Name);
        var expected = RealCaptures.Frames(capture);
        var rate = expected.Format.SampleRate;
        var secondsOfSound = (double)expected.Frames.Count * expected.Format.SamplesPerFrame / rate;
        var bench = CaptureBench.Copy();
        var connection = bench.Open(CaptureBench.StartUs, capture.MetaInterval);
        var at = 0L;
        for (var i = 0; i < raw.Length; i += 1000)
        {
            at = CaptureBench.StartUs + (long)(i / (double)raw.Length * secondsOfSound * Second);
            bench.Feed(connection, raw.AsSpan(i, Math.Min(1000, raw.Length - i)), at);
        }

        bench.Station.Closed(connection, GapCause.Disconnected, bench.At(at));
        var status = bench.Station.Status;
        bench.End(at + Second);

        var section = Assert.Single(bench.Sink.Sections);
        Assert.Equal(frames, expected.Frames.Count);
        Assert.Equal(expected.Frames.SelectMany(f => f), section.Bytes);
        Assert.Equal((long)frames * expected.Format.SamplesPerFrame, section.Samples);
        Assert.Equal(skipped, status.SkippedBytes);
        var cue = CueSheet.Read(SharedData.Find("icy", capture.Name + ".cue")!);
        Assert.Equal(cue.Count, section.Titles.Count);
        for (var i = 0; i < cue.Count; i++)
        {
            // The sheet of the scanner has the time in front of what was sent.
            Assert.EndsWith(section.Titles[i].Text, cue[i].Title, StringComparison.Ordinal);
            Assert.InRange(((double)section.Titles[i].Sample / rate) - cue[i].At.TotalSeconds, -0.2, 0.2);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(333)]
    [InlineData(1399)]
    [InlineData(4096)]
    public void The_size_of_the_reads_changes_nothing(int size)
    {
        static CaptureBench Run(int chunk)
        {
            var station = new ScriptedStation(
                new StationScript
                {
                    BurstBytes = 30_000,
                    MetaInterval = 777,
                    Acts =
                    [
                        new Title(TimeSpan.FromSeconds(3), "a"),
                        new Title(TimeSpan.FromSeconds(9), "b"),
                        new Drop(TimeSpan.FromSeconds(14)),
                    ],
                },
                CaptureBench.StartUs
            );
            var bench = new CaptureBench { ChunkSize = chunk };
            bench.Add(CopyOptions);
            bench.Add(new ShowCaptureOptions { Name = "wav", Format = StoredFormat.Wav });
            return bench.Play(station, 5, 25, 0.5).End(CaptureBench.StartUs + (25 * Second));
        }

        Assert.Equal(Print(Run(int.MaxValue)), Print(Run(size)));
    }

    [Fact]
    public void Two_shows_on_one_station_share_its_frames_and_neither_disturbs_the_other()
    {
        var station = new ScriptedStation(new StationScript { BurstBytes = 65536 }, CaptureBench.StartUs);
        var bench = CaptureBench.Copy();
        bench.Add(new ShowCaptureOptions { Name = "opus", Format = StoredFormat.Opus });
        bench.Play(station, 10, 40);
        bench.Station.Detach(bench.Shows[1].Show, EndCause.StoppedByUser, bench.At(CaptureBench.StartUs + (40 * Second)));
        bench.Shows[1].Show.Drain(CaptureBench.Mono(CaptureBench.StartUs + (40 * Second)));
        Assert.Equal(1, station.Dials);

        var copy = bench.Sink;
        var opus = bench.Shows[1].Sink.Sections.Single();
        bench.End(CaptureBench.StartUs + (41 * Second));
        Assert.Single(copy.Sections);
        Assert.Equal(EndCause.StoppedByUser, opus.Closed!.Cause);
        Assert.Equal((48_000, 1, 960, 312), (opus.Opened.Rate, opus.Opened.Channels, opus.Opened.FrameSamples, opus.Opened.EncoderDelay));

        // The same sound at two rates: Opus lasts as long as the frames that were copied until it was stopped.
        var seconds = copy.Sections[0].Samples / 44_100.0;
        Assert.InRange((opus.Samples / 48_000.0) - seconds, -0.001, 0.001);
        Assert.InRange(opus.Range.FromUs - copy.Sections[0].Range.FromUs, -1000, 1000);
    }

    [Fact]
    public void A_change_of_format_in_mid_stream_ends_the_section_and_begins_the_next_at_the_same_moment()
    {
        var station = new ScriptedStation(
            new StationScript
            {
                Acts =
                [
                    new SwitchSource(TimeSpan.FromSeconds(20), new SyntheticSource { Rate = 48_000, Kilobits = 320 }),
                    new SwitchSource(TimeSpan.FromSeconds(30), new SyntheticSource { Rate = 44_100, Seed = 5 }),
                ],
            },
            CaptureBench.StartUs
        );
        var bench = CaptureBench.Copy().Play(station, 1, 40).End(CaptureBench.StartUs + (40 * Second));

        Assert.Equal([44_100, 48_000, 44_100], bench.Sink.Sections.Select(s => s.Opened.Rate));
        Assert.Equal(EndCause.FormatChange, bench.Sink.Sections[0].Closed!.Cause);
        Assert.InRange(bench.Sink.Sections[1].Range.FromUs - bench.Sink.Sections[0].Range.UntilUs, 0, 1);
        Assert.InRange(bench.Sink.Sections[2].Range.FromUs - bench.Sink.Sections[1].Range.UntilUs, 0, 1);
    }

    [Fact]
    public void A_segment_is_cut_after_a_second_without_bytes_so_that_a_jump_can_fall_on_its_end()
    {
        var source = new SyntheticSource();
        var bench = CaptureBench.Copy();
        var connection = bench.Open(CaptureBench.StartUs);
        var at = CaptureBench.StartUs;
        for (var i = 0; i < 200; i++)
        {
            bench.Feed(connection, source.FrameAt(i), at += 26_122);
        }

        bench.TickUntil(at + (2 * Second));
        Assert.Equal(199 * 1152, bench.Sink.Sections.Single().Samples);
    }

    [Fact]
    public void Segments_are_as_long_as_was_asked_and_not_longer()
    {
        var station = new ScriptedStation(new StationScript(), CaptureBench.StartUs);
        var bench = new CaptureBench();
        bench.Add(CopyOptions with { SplitInterval = TimeSpan.FromSeconds(2) });
        bench.Add(CopyOptions with { SplitInterval = TimeSpan.Zero });
        bench.Play(station, 1, 60).End(CaptureBench.StartUs + (60 * Second));

        foreach (var (sink, seconds) in new[] { (bench.Shows[0].Sink, 2), (bench.Shows[1].Sink, 6) })
        {
            var lengths = sink.Sections.Single().Segments.SkipLast(1).Select(s => s.Facts.DurationSamples);
            Assert.All(lengths, l => Assert.Equal(seconds * 44_100 / 1152 * 1152, l));
        }
    }

    [Fact]
    public void A_writer_that_stays_full_ends_the_section_with_its_cause_keeps_what_was_recorded_and_goes_on_when_it_can()
    {
        var station = new ScriptedStation(new StationScript(), CaptureBench.StartUs);
        var bench = CaptureBench.Copy();
        bench.Play(station, 1, 30);
        bench.Sink.IsFull = true;
        bench.Sink.Trouble = GapCause.DiskFull;
        var stored = bench.Sink.Sections[0].Samples;
        var dial = ByteRecording
            .Of(station, CaptureBench.StartUs + (30 * Second), CaptureBench.StartUs + (90 * Second))
            .Where(r => r.Kind == RecordedKind.Bytes)
            .ToList();
        bench.Play(dial, CaptureBench.StartUs + (60 * Second));
        Assert.Equal(GapCause.DiskFull, bench.Shows[0].Show.Fault);
        bench.Sink.IsFull = false;
        bench.Sink.Trouble = null;
        bench.Play(dial.Where(r => r.AtUs >= CaptureBench.StartUs + (60 * Second)), CaptureBench.StartUs + (90 * Second));
        bench.End(CaptureBench.StartUs + (90 * Second));

        Assert.Equal(2, bench.Sink.Sections.Count);
        Assert.Equal(EndCause.DiskFull, bench.Sink.Sections[0].Closed!.Cause);
        Assert.True(bench.Sink.Sections[0].Samples > stored + (10 * 44_100), "what waited was kept");
        var gap = bench.Sink.Sections[1].Range.FromUs - bench.Sink.Sections[0].Range.UntilUs;
        Assert.InRange(gap, 5 * Second, 20 * Second);
    }

    [Fact]
    public void A_clock_that_is_set_forward_begins_a_section_and_one_that_is_set_back_repeats_no_time()
    {
        var station = new ScriptedStation(new StationScript(), CaptureBench.StartUs);
        var bench = CaptureBench.Copy();
        bench.Play(station, 1, 30);
        bench.ClockErrorUs = 3600 * Second;
        var rest = ByteRecording
            .Of(station, CaptureBench.StartUs + (30 * Second), CaptureBench.StartUs + (90 * Second))
            .Where(r => r.Kind == RecordedKind.Bytes)
            .ToList();
        bench.Play(rest, CaptureBench.StartUs + (60 * Second));
        bench.ClockErrorUs = 0;
        bench.Play(rest.Where(r => r.AtUs >= CaptureBench.StartUs + (60 * Second)), CaptureBench.StartUs + (90 * Second));
        bench.End(CaptureBench.StartUs + (90 * Second));

        Assert.Equal(2, bench.Sink.Sections.Count);
        Assert.Equal(EndCause.ClockStep, bench.Sink.Sections[0].Closed!.Cause);
        Assert.InRange(bench.Sink.Sections[1].Range.FromUs - bench.Sink.Sections[0].Range.UntilUs, 3599 * Second, 3602 * Second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_stations_date_is_a_check_and_is_believed_only_where_the_show_says_so(bool trusted)
    {
        var bench = CaptureBench.Copy(new StationCaptureOptions { TrustStationClock = trusted });
        bench.ClockErrorUs = -400 * Second;
        var source = new SyntheticSource();
        var at = CaptureBench.StartUs;
        var connection = bench.Open(at, 0, DateTimeOffset.UnixEpoch.AddMicroseconds(at));
        for (var i = 0; i < 200; i++)
        {
            bench.Feed(connection, source.FrameAt(i), at += 26_122);
        }

        Assert.True(bench.Station.Status.ClockDisagrees);
        bench.End(at);
        var start = bench.Sink.Sections.Single().Range.FromUs - CaptureBench.StartUs;
        Assert.InRange(start, (trusted ? 0 : -400 * Second) - Second, (trusted ? 0 : -400 * Second) + Second);
    }

    [Fact]
    public void Garbage_brings_no_section_and_is_told_from_silence()
    {
        var bench = CaptureBench.Copy();
        var source = new SyntheticSource();
        var random = new Random(1);
        var at = CaptureBench.StartUs;
        var connection = bench.Open(at);
        for (var i = 0; i < 200; i++)
        {
            bench.Feed(connection, source.FrameAt(i), at += 26_122);
        }

        var noise = new byte[4000];
        for (var i = 0; i < 300; i++)
        {
            random.NextBytes(noise);
            noise.AsSpan().Replace((byte)0xFF, (byte)0);
            bench.Feed(connection, noise, at += 250_000);
        }

        Assert.Equal(EndCause.NoAudio, bench.Sink.Sections.Single().Closed!.Cause);

        // And when sound comes again on the same line, it is a new section.
        for (var i = 200; i < 400; i++)
        {
            bench.Feed(connection, source.FrameAt(i), at += 26_122);
        }

        bench.End(at);
        Assert.Equal(2, bench.Sink.Sections.Count);
    }

    [Fact]
    public void A_first_title_that_comes_late_belongs_to_the_sections_start()
    {
        var station = new ScriptedStation(
            new StationScript { MetaInterval = 64_000, Acts = [new Title(TimeSpan.FromSeconds(-5), "one")] },
            CaptureBench.StartUs
        );
        var bench = CaptureBench.Copy().Play(station, 1, 30).End(CaptureBench.StartUs + (30 * Second));
        Assert.Equal([(0, "one")], bench.Sink.Sections.Single().Titles);
    }

    private static string Print(CaptureBench bench) =>
        string.Join(
            '\n',
            bench
                .Shows.SelectMany(s => s.Sink.Sections)
                .Select(s =>
                    $"{s.Opened} {string.Join(' ', s.Anchors)} {string.Join(' ', s.Titles)} {s.Closed} "
                    + string.Join(
                        ' ',
                        s.Segments.Select(g =>
                            $"{g.Facts.FirstSample}+{g.Facts.DurationSamples}@{g.Facts.TimestampMs}:{Convert.ToHexString(SHA256.HashData(g.Data))}"
                        )
                    )
                )
        );
}
