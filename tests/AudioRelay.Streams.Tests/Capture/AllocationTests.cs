using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture;

[Collection(nameof(Alone))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int WarmUp = 60;
    private const int Measured = 600;

    [Theory]
    [InlineData(StoredFormat.Copy)]
    [InlineData(StoredFormat.Opus)]
    [InlineData(StoredFormat.Aac)]
    [InlineData(StoredFormat.Wav)]
    public void A_second_of_sound_costs_less_than_a_kilobyte_of_managed_memory(StoredFormat format)
    {
        var station = new ScriptedStation(
            new StationScript { Source = new LoopedSource(SoundFixture.Mp3), MetaInterval = 16_000 },
            CaptureBench.StartUs
        );
        var records = ByteRecording
            .Of(station, CaptureBench.StartUs, CaptureBench.StartUs + ((WarmUp + Measured) * CaptureBench.Second))
            .ToList();
        var capture = CaptureGraph.Station(new StationCaptureOptions());
        var options = new ShowCaptureOptions
        {
            Name = "show",
            Format = format,
            Complexity = 0,
        };
        var show = CaptureGraph.Show(options, new CodecCatalog(), new Discard(), new NoFile());
        var ticked = CaptureBench.StartUs;
        capture.Attach(show, new Moment(0, ticked));
        capture.Opened(1, new ConnectionFacts(16_000), new Moment(0, ticked));
        var before = 0L;
        var startedAt = TimeProvider.System.GetTimestamp();
        foreach (var record in records.Where(r => r.Kind == RecordedKind.Bytes))
        {
            for (; ticked + 250_000 <= record.AtUs; ticked += 250_000)
            {
                capture.Tick(new Moment(ticked - CaptureBench.StartUs, ticked));
            }

            if (before == 0 && record.AtUs >= CaptureBench.StartUs + (WarmUp * CaptureBench.Second))
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                startedAt = TimeProvider.System.GetTimestamp();
            }

            capture.Feed(1, record.Bytes.Span, record.AtUs - CaptureBench.StartUs);
        }

        var perSecond = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Measured;
        var elapsed = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        output.WriteLine($"{format}: {perSecond:0} bytes and {elapsed / Measured * 1e6:0} µs (wall) per second of sound");
        capture.Detach(show, EndCause.WindowEnd, new Moment(ticked - CaptureBench.StartUs, ticked));
        show.Dispose();
        Assert.InRange(perSecond, 0, 1024);
    }

    [Fact]
    public void A_hundred_copied_stations_keep_little_in_memory()
    {
        const int Stations = 100;
        var source = new SyntheticSource();
        var frames = Enumerable.Range(0, 40 * 70).Select(i => source.FrameAt(i)).ToList();
        var before = Settled();
        var captures = new List<(StationCapture Station, ShowCapture Show)>();
        for (var i = 0; i < Stations; i++)
        {
            var capture = CaptureGraph.Station(new StationCaptureOptions());
            var options = new ShowCaptureOptions { Name = "show", Format = StoredFormat.Copy };
            var show = CaptureGraph.Show(options, new CodecCatalog(), new Discard(), new NoFile());
            capture.Attach(show, new Moment(0, CaptureBench.StartUs));
            capture.Opened(1, default, new Moment(0, CaptureBench.StartUs));
            captures.Add((capture, show));
            for (var frame = 0; frame < frames.Count; frame++)
            {
                capture.Feed(1, frames[frame], frame * 26_122L);
            }
        }

        var each = (Settled() - before) / Stations;
        output.WriteLine($"{each / 1024} KB managed per copied station of 128 kbit/s");
        Assert.InRange(each, 100 * 1024, 350 * 1024);
        captures.ForEach(c => c.Show.Dispose());
    }

    /// <summary>What is really held: what earlier tests left to finalizers is let go first.</summary>
    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // What other tests left behind goes with the first collections: pooled arrays are given up only after some.
    private static long Retained()
    {
        for (var i = 0; i < 5; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Discard : ISegmentSink
    {
        public GapCause? Trouble => null;

        public long Committed { get; private set; }

        public bool TryAccept(StoreBatch batch)
        {
            Committed++;
            return true;
        }
    }

    private sealed class NoFile : ISpoolFile
    {
        public void Append(ReadOnlySpan<byte> bytes) { }

        public void Replace(ReadOnlySpan<byte> bytes) { }

        public void Trim(ReadOnlySpan<byte> head, long keep) { }
    }
}
