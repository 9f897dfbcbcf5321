using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

/// <summary>A process is killed or stopped, and another one goes on with the same file.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;

    [Theory]
    [InlineData(StoredFormat.Copy)]
    [InlineData(StoredFormat.Opus)]
    public void Killed_at_thirty_moments_against_a_bursting_station_nothing_is_lost_and_nothing_repeated(StoredFormat format)
    {
        var random = new Random(30);
        var spliced = 0;
        for (var run = 0; run < 30; run++)
        {
            var station = SpoolRig.Station(new SyntheticSource { Codec = SourceCodec.Mp3 });
            var killedAt = 3 + (random.NextDouble() * 20);
            var backAt = killedAt + 0.2 + (random.NextDouble() * 1.5);
            var (spool, sink) = SpoolRig.Kill(station, format, killedAt);
            var second = SpoolRig.Restart(station, format, spool, sink, backAt, backAt + 12);

            Assert.Equal(2, sink.Sections.Count);
            var (one, two) = (sink.Sections[0], sink.Sections[1]);
            spliced += second.Status.Splices > 0 ? 1 : 0;
            Assert.Equal(one.Range.UntilUs, two.Range.FromUs);
            if (format == StoredFormat.Copy)
            {
                Unbroken(station, sink, backAt + 12);
            }
        }

        output.WriteLine($"{format}: {spliced} of 30 restarts lost nothing at all");
        Assert.Equal(30, spliced);
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
            var station = SpoolRig.Station(new SyntheticSource(), titles: true);
            var (spool, sink) = SpoolRig.Kill(station, format, killedAt, lag: lag);
            SpoolRig.Restart(station, format, spool, sink, killedAt + 1, killedAt + 12);

            Assert.Equal(2, sink.Sections.Count);
            var (one, two) = (sink.Sections[0], sink.Sections[1]);
            Assert.Equal(one.Range.UntilUs, two.Range.FromUs);
            Assert.Equal([(0, "one")], one.Titles);
            if (format == StoredFormat.Copy)
            {
                Unbroken(station, sink, killedAt + 12);
            }
        }
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
            var (spool, sink) = SpoolRig.Kill(station, StoredFormat.Wav, killedAt);
            SpoolRig.Restart(station, StoredFormat.Wav, spool, sink, killedAt + 0.3, 5.9);

            var whole = new CaptureBench();
            whole.Add(SpoolRig.Options(StoredFormat.Wav));
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
            var station = SpoolRig.Station(new SyntheticSource());
            var (spool, sink) = SpoolRig.Kill(station, StoredFormat.Opus, killedAt);
            SpoolRig.Restart(station, StoredFormat.Opus, spool, sink, killedAt + 0.5, 20);
            var whole = new CaptureBench();
            whole.Add(SpoolRig.Options(StoredFormat.Opus));
            whole.Play(SpoolRig.Station(new SyntheticSource()), 1, 20).End(CaptureBench.StartUs + (20 * Second));

            Assert.Equal(2, sink.Sections.Count);
            Assert.InRange(sink.Sections.Sum(s => s.Samples) - whole.Sink.Sections.Single().Samples, -2, 2);
        }
    }

    [Fact]
    public void After_an_orderly_stop_the_next_process_goes_on_at_the_next_frame()
    {
        var station = SpoolRig.Station(new SyntheticSource());
        var spool = new MemorySpool();
        var sink = new MemorySink();
        var bench = new CaptureBench();
        bench.Add(SpoolRig.Options(StoredFormat.Copy), spool, sink);
        bench.Play(station, 1, 10).End(CaptureBench.StartUs + (10 * Second));
        Assert.Equal(EndCause.WindowEnd, sink.Sections[0].Closed!.Cause);

        SpoolRig.Restart(station, StoredFormat.Copy, spool, sink, 11, 20);
        Assert.Equal(2, sink.Sections.Count);
        Unbroken(station, sink, 20);
    }

    [Fact]
    public void Two_shows_that_died_together_go_on_together()
    {
        var station = SpoolRig.Station(new SyntheticSource());
        var spools = new[] { new MemorySpool(), new MemorySpool() };
        var sinks = new[] { new MemorySink(), new MemorySink() };
        var bench = new CaptureBench();
        bench.Add(SpoolRig.Options(StoredFormat.Copy), spools[0], sinks[0]);
        bench.Add(SpoolRig.Options(StoredFormat.Opus), spools[1], sinks[1]);
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
                SpoolRig.Options(i == 0 ? StoredFormat.Copy : StoredFormat.Opus),
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
        var station = SpoolRig.Station(new SyntheticSource());
        var (spool, sink) = SpoolRig.Kill(station, StoredFormat.Copy, 10);
        SpoolRig.Restart(station, StoredFormat.Copy, spool, sink, 20, 40);
        var burst = 65536 * 8 / 128_000.0;
        var gap = (sink.Sections[1].Range.FromUs - sink.Sections[0].Range.UntilUs) / 1e6;
        Assert.Equal(EndCause.NotRunning, sink.Sections[0].Closed!.Cause);
        Assert.InRange(gap, 10 - burst - 0.2, 10 - burst + 1);
    }

    /// <summary>What was copied is what the station sent, each frame once and none missing.</summary>
    private static void Unbroken(ScriptedStation station, MemorySink sink, double untilSeconds)
    {
        var aired = CaptureBench.Aired(station, untilSeconds);
        var indexes = CaptureBench.Frames([.. sink.Sections.SelectMany(s => s.Bytes)]).Select(f => aired[FrameHash.Of(f)].Index).ToList();
        Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => indexes[0] + i), indexes);
    }
}
