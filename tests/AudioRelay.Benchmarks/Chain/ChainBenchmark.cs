using AudioRelay.Benchmarks.Codecs;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Benchmarks.Chain;

/// <summary>CPU of a whole recording (ICY → frames → match → decode → mono → resample → encode → split → store) per hour of sound.</summary>
internal static class ChainBenchmark
{
    private const int Complexity = 7;
    private const int Rounds = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    // ffmpeg's part of a copy: it reads and writes the frames, and has no database.
    private static readonly CodecTarget Copy = new(44_100, _ => throw new NotSupportedException(), ["-c:a", "copy", "-f", "mp3"]);

    public static async Task Run(Bench bench)
    {
        bench.Table.Group("CPU seconds per stream-hour, one stream, as fast as it goes (least of three)");
        await Transcoded(bench);
        await Copied(bench);
    }

    private static async Task Transcoded(Bench bench)
    {
        var job = new CodecJob("", SoundFixture.Mp3, CodecTarget.Opus(Complexity));
        var length = bench.Choose(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(2));
        job.MeasureBare(WarmUp);
        var (bare, whole, peer) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            // In turns, so that a busy moment of the machine meets all of them.
            bench.Say($"MP3 128k -> Opus 16k, round {round + 1} of {Rounds}");
            bare = Math.Min(bare, job.MeasureBare(length));
            whole = Math.Min(whole, await Whole(bench, StoredFormat.Opus, length));
            peer = Math.Min(peer, await job.MeasureFfmpeg(length));
        }

        const string What = "MP3 128k -> Opus 16k, whole chain";
        bench.Table.Add(ResultRow.AtMost(What, $"{whole:0.00} s", $"bare codec calls {bare:0.00} s", whole / bare, 1.1));
        bench.Table.Add(ResultRow.AtMost(What, $"{whole:0.00} s", $"one ffmpeg process {peer:0.00} s", whole / peer, 1.0));
    }

    private static async Task Copied(Bench bench)
    {
        var job = new CodecJob("", SoundFixture.Mp3, Copy);
        var length = bench.Choose(TimeSpan.FromHours(2), TimeSpan.FromMinutes(20));
        var (whole, peer) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            bench.Say($"MP3 128k copied, round {round + 1} of {Rounds}");
            whole = Math.Min(whole, await Whole(bench, StoredFormat.Copy, length));
            peer = Math.Min(peer, await job.MeasureFfmpeg(length));
        }

        bench.Table.Add(
            ResultRow.AtMost("MP3 128k copied", $"{whole:0.00} s", $"one ffmpeg process, to /dev/null {peer:0.00} s", whole / peer, null)
        );
    }

    private static async Task<double> Whole(Bench bench, StoredFormat format, TimeSpan length)
    {
        await using var rig = await CaptureRig.Open(SoundFixture.Mp3, format, bench.NewFolder("chain"));
        await rig.Play(WarmUp);
        var before = CpuTime.Now;
        await rig.Play(length);
        return CpuTime.PerHour(CpuTime.Now - before, length);
    }
}
