using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Benchmarks.Chain;

/// <summary>Managed memory that a recording allocates per second of sound once its buffers have grown: what the collector has to do later.</summary>
internal static class AllocationBenchmark
{
    private const double Aim = 1024;

    public static async Task Run(Bench bench)
    {
        bench.Table.Group("Managed allocation per second of sound, steady state, all threads");
        await Measure(bench, "transcoded, ICY bytes to committed segments", StoredFormat.Opus);
        await Measure(bench, "copied, ICY bytes to committed segments", StoredFormat.Copy);
    }

    private static async Task Measure(Bench bench, string what, StoredFormat format)
    {
        var length = bench.Choose(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));
        await using var rig = await CaptureRig.Open(SoundFixture.Mp3, format, bench.NewFolder("allocation"));
        bench.Say(what);
        await rig.Play(TimeSpan.FromMinutes(10));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await rig.Play(length);
        var perSecond = (GC.GetTotalAllocatedBytes(precise: true) - before) / length.TotalSeconds;
        bench.Table.Add(new ResultRow(what, $"{perSecond:0} B", Aim: "<= 1 KB", Met: perSecond <= Aim));
    }
}
