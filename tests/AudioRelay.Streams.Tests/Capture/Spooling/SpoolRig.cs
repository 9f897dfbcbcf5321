using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

/// <summary>A capture with a spool that is killed while its station plays, and another one that goes on with what it left behind.</summary>
internal static class SpoolRig
{
    private const long Second = CaptureBench.Second;

    public static ShowCaptureOptions Options(StoredFormat format, int split = 2) =>
        new()
        {
            Name = "show",
            Format = format,
            SplitInterval = TimeSpan.FromSeconds(split),
            Complexity = 0,
        };

    public static ScriptedStation Station(IFrameSource source, bool titles = false) =>
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

    public static (MemorySpool Spool, MemorySink Sink) Kill(
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

    public static StationCapture Restart(
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
}
