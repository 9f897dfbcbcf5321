using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

/// <summary>How much a running capture writes to its spool, and what it does when it cannot.</summary>
public sealed class ShowSpoolTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;

    [Fact]
    public void The_spool_stays_small_and_is_written_twice_a_second()
    {
        var spool = new MemorySpool();
        var most = MostBytes(spool, new MemorySink(), 60);
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
        var spool = new MemorySpool();
        var most = MostBytes(spool, new MemorySink { Lag = lag }, 200);
        output.WriteLine($"{spool.Resets} times, at most {most} bytes");
        Assert.InRange(most, 0, 70_000 + (lag * 36_000));
    }

    [Fact]
    public void A_spool_that_cannot_be_written_costs_no_sound()
    {
        var station = SpoolRig.Station(new SyntheticSource());
        var spool = new MemorySpool();
        var sink = new MemorySink();
        var bench = new CaptureBench();
        var show = bench.Add(SpoolRig.Options(StoredFormat.Copy), spool, sink);
        spool.Fails = true;
        bench.Play(station, 1, 30).End(CaptureBench.StartUs + (30 * Second));
        Assert.True(show.SpoolFailures > 0);
        Assert.InRange(sink.Sections.Single().Samples / 44_100.0, 28.5, 30);
    }

    private static int MostBytes(MemorySpool spool, MemorySink sink, int seconds)
    {
        var bench = new CaptureBench();
        bench.Add(SpoolRig.Options(StoredFormat.Copy), spool, sink);
        var station = SpoolRig.Station(new SyntheticSource());
        var most = 0;
        foreach (var record in ByteRecording.Of(station, CaptureBench.StartUs + Second, CaptureBench.StartUs + (seconds * Second)))
        {
            bench.Play([record], record.AtUs + 1);
            most = Math.Max(most, spool.Bytes.Count);
        }

        return most;
    }
}
