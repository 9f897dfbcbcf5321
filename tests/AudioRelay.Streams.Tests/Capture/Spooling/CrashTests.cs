using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;

    private static ShowCaptureOptions Options(StoredFormat format, int split = 2) =>
        new()
        {
            Name = "show",
            Format = format,
            SplitInterval = TimeSpan.FromSeconds(split),
            Complexity = 0,
        };

    [Fact]
    public void A_spool_torn_anywhere_becomes_what_it_has_of_the_open_segment()
    {
        var (spool, sink) = Killed(Station(new SyntheticSource { Kilobits = 32 }), StoredFormat.Copy, 9.7);
        var before = sink.Sections[^1];
        var truth = CaptureBench.Frames(before.Bytes).Count;
        var aired = CaptureBench.Aired(Station(new SyntheticSource { Kilobits = 32 }), 11);
        var bytes = spool.Bytes.ToArray();
        var most = 0L;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var recovered = SpoolRecovery.Recover(bytes.AsSpan(0, length), before.Info, CaptureBench.StartUs + (9 * Second));
            var copy = Copy(sink);
            copy.Store(recovered.Batch);
            var section = copy.Sections[^1];
            Assert.NotNull(section.Closed);
            var frames = CaptureBench.Frames(section.Bytes);
            Assert.Equal(frames.Count * 1152L, section.Samples);
            Assert.InRange(frames.Count, truth, int.MaxValue);
            Assert.True(section.Samples >= most, "more of the spool is never less sound");
            most = section.Samples;
            for (var i = 1; i < frames.Count; i++)
            {
                Assert.Equal(aired[FrameHash.Of(frames[i - 1])].Index + 1, aired[FrameHash.Of(frames[i])].Index);
            }
        }

        // Half a second of arrival and the last block are all that may be missing.
        output.WriteLine($"{bytes.Length} bytes, {(most - before.Samples) / 44_100.0:0.00} s recovered");
        var lost = 9.7 - ((before.Map.UtcUsAt(most) - CaptureBench.StartUs) / 1e6);
        Assert.InRange(lost, 0, 1.0);
    }

    [Fact]
    public void A_damaged_byte_anywhere_in_a_spool_loses_what_follows_it_and_nothing_else()
    {
        var (spool, sink) = Killed(Station(new SyntheticSource { Kilobits = 32 }), StoredFormat.Copy, 9.7);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = spool.Bytes.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            var copy = Copy(sink);
            copy.Store(SpoolRecovery.Recover(bytes, copy.Sections[^1].Info, 0).Batch);
            Assert.NotNull(copy.Sections[^1].Closed);
        }
    }

    [Fact]
    public void What_is_recovered_twice_is_stored_once()
    {
        var (spool, sink) = Killed(Station(new SyntheticSource()), StoredFormat.Copy, 9.7);
        var bytes = spool.Bytes.ToArray();
        sink.Store(SpoolRecovery.Recover(bytes, sink.Sections[^1].Info, 0).Batch);
        var again = SpoolRecovery.Recover(bytes, sink.Sections[^1].Info, 0);
        Assert.True(again.Batch.IsEmpty);
        Assert.NotNull(again.Resume);
    }

    [Fact]
    public void A_section_whose_first_segment_was_open_gets_its_row_from_the_spool()
    {
        var (spool, sink) = Killed(Station(new SyntheticSource(), titles: true), StoredFormat.Copy, 2.9, split: 6);
        Assert.Empty(sink.Sections);
        sink.Store(SpoolRecovery.Recover(spool.Bytes.ToArray(), null, 0).Batch);
        var section = Assert.Single(sink.Sections);
        Assert.Equal(EndCause.NotRunning, section.Closed!.Cause);
        Assert.Equal([(0, "one")], section.Titles);
        Assert.InRange(section.Range.UntilUs - CaptureBench.StartUs, 2.2e6, 2.9e6);
    }

    [Fact]
    public void A_section_that_no_spool_tells_of_is_closed_where_the_store_ends()
    {
        var (_, sink) = Killed(Station(new SyntheticSource()), StoredFormat.Copy, 9.7);
        sink.Store(SpoolRecovery.Recover([], sink.Sections[^1].Info, 0).Batch);
        Assert.Equal(EndCause.NotRunning, sink.Sections[^1].Closed!.Cause);
    }

    [Theory]
    [InlineData(StoredFormat.Copy)]
    [InlineData(StoredFormat.Opus)]
    public void Killed_at_thirty_moments_against_a_bursting_station_nothing_is_lost_and_nothing_repeated(StoredFormat format)
    {
        var random = new Random(30);
        var spliced = 0;
        for (var run = 0; run < 30; run++)
        {
            var station = Station(new SyntheticSource { Codec = SourceCodec.Mp3 });
            var killedAt = 3 + (random.NextDouble() * 20);
            var backAt = killedAt + 0.2 + (random.NextDouble() * 1.5);
            var (spool, sink) = Killed(station, format, killedAt);
            var second = Restart(station, format, spool, sink, backAt, backAt + 12);

            Assert.Equal(2, sink.Sections.Count);
            var (one, two) = (sink.Sections[0], sink.Sections[1]);
            spliced += second.Status.Splices > 0 ? 1 : 0;
            Assert.Equal(one.Range.UntilUs, two.Range.FromUs);
            if (format == StoredFormat.Copy)
            {
                var aired = CaptureBench.Aired(station, backAt + 12);
                var indexes = CaptureBench.Frames([.. one.Bytes, .. two.Bytes]).Select(f => aired[FrameHash.Of(f)].Index).ToList();
                Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => indexes[0] + i), indexes);
            }
        }

        output.WriteLine($"{format}: {spliced} of 30 restarts lost nothing at all");
        Assert.Equal(30, spliced);
    }

    [Fact]
    public void Sound_across_a_restart_is_the_sound_of_one_that_was_never_killed()
    {
        var frames = SoundFixture.Mp3.Frames;
        foreach (var killedAt in new[] { 3.1, 3.73, 4.2 })
        {
            var script = new StationScript
            {
                Source = new LoopedSource(SoundFixture.Mp3),
                BurstBytes = 32_000,
                BlockBytes = 400,
                StartsOnFrame = true,
            };
            var station = new ScriptedStation(script, CaptureBench.StartUs);
            var (spool, sink) = Killed(station, StoredFormat.Wav, killedAt);
            Restart(station, StoredFormat.Wav, spool, sink, killedAt + 0.3, 5.9);

            var whole = new CaptureBench();
            whole.Add(Options(StoredFormat.Wav));
            whole.Play(new ScriptedStation(script, CaptureBench.StartUs), 0, 5.9).End(CaptureBench.StartUs + (long)(5.9 * Second));

            Assert.Equal(2, sink.Sections.Count);
            byte[] joined = [.. sink.Sections[0].Bytes, .. sink.Sections[1].Bytes];
            var expected = whole.Sink.Sections.Single().Bytes;
            var common = Math.Min(joined.Length, expected.Length);
            Assert.True(common > 44_100 * 2 * 5, $"{common} bytes of {frames.Count} frames");

            // The decoder adds up its window in an order that turns with each frame it was given: now and then the last bit differs.
            var differing = 0;
            for (var i = 0; i < common; i += 2)
            {
                var difference = BitConverter.ToInt16(joined, i) - BitConverter.ToInt16(expected, i);
                Assert.InRange(difference, -1, 1);
                differing += difference == 0 ? 0 : 1;
            }

            output.WriteLine($"killed at {killedAt}: {differing} of {common / 2} samples differ by one");
            Assert.InRange(differing, 0, common / 200);
        }
    }

    [Fact]
    public void Opus_across_a_restart_keeps_every_sample()
    {
        foreach (var killedAt in new[] { 4.1, 6.73, 9.2 })
        {
            var station = Station(new SyntheticSource());
            var (spool, sink) = Killed(station, StoredFormat.Opus, killedAt);
            Restart(station, StoredFormat.Opus, spool, sink, killedAt + 0.5, 20);
            var whole = new CaptureBench();
            whole.Add(Options(StoredFormat.Opus));
            whole.Play(Station(new SyntheticSource()), 1, 20).End(CaptureBench.StartUs + (20 * Second));

            Assert.Equal(2, sink.Sections.Count);
            Assert.InRange(sink.Sections.Sum(s => s.Samples) - whole.Sink.Sections.Single().Samples, -2, 2);
        }
    }

    [Fact]
    public void After_an_orderly_stop_the_next_process_goes_on_at_the_next_frame()
    {
        var station = Station(new SyntheticSource());
        var spool = new MemorySpool();
        var sink = new MemorySink();
        var bench = new CaptureBench();
        bench.Add(Options(StoredFormat.Copy), spool, sink);
        bench.Play(station, 1, 10).End(CaptureBench.StartUs + (10 * Second));
        Assert.Equal(EndCause.WindowEnd, sink.Sections[0].Closed!.Cause);

        Restart(station, StoredFormat.Copy, spool, sink, 11, 20);
        var aired = CaptureBench.Aired(station, 20);
        var indexes = CaptureBench
            .Frames([.. sink.Sections[0].Bytes, .. sink.Sections[1].Bytes])
            .Select(f => aired[FrameHash.Of(f)].Index)
            .ToList();
        Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => indexes[0] + i), indexes);
    }

    [Fact]
    public void Two_shows_that_died_together_go_on_together()
    {
        var station = Station(new SyntheticSource());
        var spools = new[] { new MemorySpool(), new MemorySpool() };
        var sinks = new[] { new MemorySink(), new MemorySink() };
        var bench = new CaptureBench();
        bench.Add(Options(StoredFormat.Copy), spools[0], sinks[0]);
        bench.Add(Options(StoredFormat.Opus), spools[1], sinks[1]);
        bench.Play(station, 1, 9.5);

        // The second one's last record did not make it to the file.
        var torn = spools[1].Bytes.ToArray()[..^9];
        var second = new CaptureBench(atUs: CaptureBench.StartUs + (10 * Second));
        for (var i = 0; i < 2; i++)
        {
            var recovered = SpoolRecovery.Recover(i == 0 ? spools[0].Bytes.ToArray() : torn, sinks[i].Sections[^1].Info, 0);
            sinks[i].Store(recovered.Batch);
            var info = sinks[i].Sections[^1].Info;
            second.Add(
                Options(i == 0 ? StoredFormat.Copy : StoredFormat.Opus),
                spools[i],
                sinks[i],
                new ShowPosition(info.Id, info.EndUs),
                recovered.Resume
            );
        }

        second.Play(station, 10.5, 20).End(CaptureBench.StartUs + (20 * Second));
        Assert.All(sinks, s => Assert.Equal(2, s.Sections.Count));
        Assert.All(sinks, s => Assert.Equal(s.Sections[0].Range.UntilUs, s.Sections[1].Range.FromUs));
        Assert.InRange(
            sinks[0].Sections.Sum(s => s.Samples / 44_100.0) - sinks[1].Sections.Sum(s => s.Samples / 48_000.0),
            -0.0002,
            0.0002
        );
    }

    [Fact]
    public void A_restart_that_comes_too_late_leaves_a_gap_of_the_right_length()
    {
        var station = Station(new SyntheticSource());
        var (spool, sink) = Killed(station, StoredFormat.Copy, 10);
        Restart(station, StoredFormat.Copy, spool, sink, 20, 40);
        var burst = 65536 * 8 / 128_000.0;
        var gap = (sink.Sections[1].Range.FromUs - sink.Sections[0].Range.UntilUs) / 1e6;
        Assert.Equal(EndCause.NotRunning, sink.Sections[0].Closed!.Cause);
        Assert.InRange(gap, 10 - burst - 0.2, 10 - burst + 1);
    }

    [Fact]
    public void The_spool_stays_small_and_is_written_twice_a_second()
    {
        var station = Station(new SyntheticSource());
        var spool = new MemorySpool();
        var bench = new CaptureBench();
        bench.Add(Options(StoredFormat.Copy), spool);
        var most = 0;
        foreach (var record in ByteRecording.Of(station, CaptureBench.StartUs + Second, CaptureBench.StartUs + (60 * Second)))
        {
            bench.Play([record], record.AtUs + 1);
            most = Math.Max(most, spool.Bytes.Count);
        }

        output.WriteLine($"{spool.Appends} writes, {spool.Resets} resets, {most} bytes");
        Assert.InRange(spool.Appends, 100, 200);
        Assert.InRange(spool.Resets, 25, 40);
        Assert.InRange(most, 0, 100_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_spool_stays_small_when_the_writer_is_always_behind(int lag)
    {
        var station = Station(new SyntheticSource());
        var spool = new MemorySpool();
        var bench = new CaptureBench();
        bench.Add(Options(StoredFormat.Copy), spool, new MemorySink { Lag = lag });
        var most = 0;
        foreach (var record in ByteRecording.Of(station, CaptureBench.StartUs + Second, CaptureBench.StartUs + (200 * Second)))
        {
            bench.Play([record], record.AtUs + 1);
            most = Math.Max(most, spool.Bytes.Count);
        }

        output.WriteLine($"{spool.Resets} times, at most {most} bytes");
        Assert.InRange(most, 0, 70_000 + (lag * 36_000));
    }

    [Theory]
    [InlineData(StoredFormat.Copy, 1)]
    [InlineData(StoredFormat.Copy, 3)]
    [InlineData(StoredFormat.Opus, 2)]
    public void Killed_while_the_writer_is_behind_nothing_is_lost_and_nothing_repeated(StoredFormat format, int lag)
    {
        var random = new Random(31);
        for (var run = 0; run < 15; run++)
        {
            var killedAt = 3 + (random.NextDouble() * 80);
            var station = Station(new SyntheticSource(), titles: true);
            var (spool, sink) = Killed(station, format, killedAt, lag: lag);
            Restart(station, format, spool, sink, killedAt + 1, killedAt + 12);

            Assert.Equal(2, sink.Sections.Count);
            var (one, two) = (sink.Sections[0], sink.Sections[1]);
            Assert.Equal(one.Range.UntilUs, two.Range.FromUs);
            Assert.Equal([(0, "one")], one.Titles);
            if (format == StoredFormat.Copy)
            {
                var aired = CaptureBench.Aired(station, killedAt + 12);
                var indexes = CaptureBench.Frames([.. one.Bytes, .. two.Bytes]).Select(f => aired[FrameHash.Of(f)].Index).ToList();
                Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => indexes[0] + i), indexes);
            }
        }
    }

    [Fact]
    public void A_spool_that_cannot_be_written_costs_no_sound()
    {
        var station = Station(new SyntheticSource());
        var spool = new MemorySpool();
        var sink = new MemorySink();
        var bench = new CaptureBench();
        var show = bench.Add(Options(StoredFormat.Copy), spool, sink);
        spool.Fails = true;
        bench.Play(station, 1, 30).End(CaptureBench.StartUs + (30 * Second));
        Assert.True(show.SpoolFailures > 0);
        Assert.InRange(sink.Sections.Single().Samples / 44_100.0, 28.5, 30);
    }

    private static ScriptedStation Station(IFrameSource source, bool titles = false) =>
        new(
            new StationScript
            {
                Source = source,
                BurstBytes = 65536,
                BlockBytes = 400,
                MetaInterval = titles ? 4000 : 0,
                Acts = titles ? [new Title(TimeSpan.Zero, "one")] : [],
            },
            CaptureBench.StartUs
        );

    private static (MemorySpool Spool, MemorySink Sink) Killed(
        ScriptedStation station,
        StoredFormat format,
        double at,
        int split = 2,
        int lag = 0
    )
    {
        var spool = new MemorySpool();
        var sink = new MemorySink { Lag = lag };
        var bench = new CaptureBench();
        bench.Add(Options(format, split), spool, sink);
        bench.Play(station, format == StoredFormat.Wav ? 0 : 1, at);
        return (spool, sink);
    }

    private static StationCapture Restart(
        ScriptedStation station,
        StoredFormat format,
        MemorySpool spool,
        MemorySink sink,
        double from,
        double until
    )
    {
        var nowUs = CaptureBench.StartUs + (long)(from * Second);
        var recovered = SpoolRecovery.Recover(spool.Bytes.ToArray(), sink.Sections.Count > 0 ? sink.Sections[^1].Info : null, nowUs);
        sink.Store(recovered.Batch);
        var info = sink.Sections[^1].Info;
        var bench = new CaptureBench(atUs: nowUs);
        bench.Add(Options(format), spool, sink, new ShowPosition(info.Id, info.EndUs), recovered.Resume);
        bench.Play(station, from, until).End(CaptureBench.StartUs + (long)(until * Second));
        return bench.Station;
    }

    private static MemorySink Copy(MemorySink sink)
    {
        var copy = new MemorySink();
        foreach (var section in sink.Sections)
        {
            var same = new StoredSection(section.Opened) { Closed = section.Closed };
            same.Anchors.AddRange(section.Anchors);
            same.Titles.AddRange(section.Titles);
            section.Segments.ForEach(s => same.Add(s.Facts, s.Data));
            copy.Sections.Add(same);
        }

        return copy;
    }
}
