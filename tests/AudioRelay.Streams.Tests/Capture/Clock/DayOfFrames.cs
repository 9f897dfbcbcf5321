using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Clock;

/// <summary>
/// A station over a day, made for speed: 64 ms frames in blocks of four, a burst of ten seconds, a clock that is wrong, pauses of the
/// source and stalls of the line.
/// </summary>
internal sealed class DayOfFrames(double ppm, (double At, double For)[] pauses, (double At, double For)[] stalls)
{
    public const int FrameSamples = 1024;

    private const int Block = 4;
    private const int BurstFrames = 160;
    private const double FrameUs = FrameSamples * 1e6 / 16_000;

    private readonly byte[][] _frames =
    [
        .. Enumerable.Range(0, 5000).Select(i => SyntheticFrames.Adts(i, rate: 16_000, channels: 1, length: 64)),
    ];

    /// <summary>When a frame's last sample was sounded, by a clock that is right.</summary>
    public long EndsUs(long frame)
    {
        var at = (frame + 1) * FrameUs / (1 + (ppm / 1e6));
        foreach (var (pauseAt, length) in pauses)
        {
            at += at > pauseAt * 1e6 ? length * 1e6 : 0;
        }

        return CaptureBench.StartUs + (long)at;
    }

    public void Play(CaptureBench bench, double seconds)
    {
        var random = new Random(7);
        var untilUs = CaptureBench.StartUs + (long)(seconds * 1e6);
        var connection = bench.Open(EndsUs(BurstFrames - 1));
        var block = new byte[Block * 64];
        var last = 0L;
        for (var frame = 0L; ; frame += Block)
        {
            for (var i = 0; i < Block; i++)
            {
                _frames[(frame + i) % _frames.Length].CopyTo(block, i * 64);
            }

            var at = EndsUs(Math.Max(frame + Block, BurstFrames) - 1) + random.NextInt64(0, 150_000);
            foreach (var (stallAt, length) in stalls)
            {
                var from = CaptureBench.StartUs + (long)(stallAt * 1e6);
                var until = from + (long)(length * 1e6);
                at = at >= from && at < until ? until : at;
            }

            last = Math.Max(at, last);
            if (last >= untilUs)
            {
                return;
            }

            bench.Feed(connection, block, last);
        }
    }
}
