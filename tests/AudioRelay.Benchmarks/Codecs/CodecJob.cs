using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Codecs.Resampling;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Benchmarks.Codecs;

/// <summary>One transcoding job, measured three ways. Every answer is CPU seconds (user and system) per hour of sound.</summary>
internal sealed partial class CodecJob(string name, SoundFixture source, CodecTarget target)
{
    private const int Chunk = 1400;
    private static readonly CodecCatalog Codecs = new();

    public string Name => name;

    /// <summary>Whole frames into the decoder, samples of the right rate into the encoder, and nothing else.</summary>
    public double MeasureBare(TimeSpan sound)
    {
        var resampled = Resampled();
        var sink = new NullSink();
        using var decoder = Codecs.OpenBareDecoder(source.Format.Codec);
        using var encoder = target.Open(Codecs);
        var start = Cpu;
        for (var round = Rounds(sound); round > 0; round--)
        {
            foreach (var frame in source.Frames)
                decoder.Decode(frame);
            encoder.Encode(resampled, sink);
        }
        return PerHour(Cpu - start, sound);
    }

    /// <summary>Bytes as a socket brings them, through the stages of a capture, to packets.</summary>
    public double MeasureChain(TimeSpan sound)
    {
        using var chain = new Chain(Codecs.OpenDecoder(source.Format.Codec), target.Open(Codecs));
        var splitter = new FrameSplitter(chain);
        var start = Cpu;
        for (var round = Rounds(sound); round > 0; round--)
        {
            for (var at = 0; at < source.Bytes.Length; at += Chunk)
                splitter.Feed(source.Bytes.AsSpan(at, Math.Min(Chunk, source.Bytes.Length - at)));
        }
        return PerHour(Cpu - start, sound);
    }

    /// <summary>One ffmpeg process, from a file to nowhere.</summary>
    public async Task<double> MeasureFfmpeg(TimeSpan sound)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("source");
        await using (var file = File.Create(path))
        {
            for (var round = Rounds(sound); round > 0; round--)
                await file.WriteAsync(source.Bytes);
        }

        // It reports its own CPU time, on standard error; the shell brings that to where it can be read.
        string[] shell = ["-c", "exec \"$@\" 2>&1", "sh", "ffmpeg", "-nostdin", "-hide_banner", "-benchmark", "-y"];
        string[] input = ["-f", source.Format.Codec == SourceCodec.Mp3 ? "mp3" : "aac", "-i", path, "-ac", "1"];
        var report = await ToolProcess.Run(
            "sh",
            [.. shell, .. input, .. target.FfmpegArguments, "/dev/null"],
            limit: TimeSpan.FromMinutes(10)
        );
        var times = Times().Match(Encoding.UTF8.GetString(report));
        if (!times.Success)
            throw new InvalidOperationException("ffmpeg did not report its CPU time");
        return PerHour(TimeSpan.FromSeconds(Number(times.Groups["user"]) + Number(times.Groups["system"])), sound);
    }

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    private int Rounds(TimeSpan sound) => Math.Max(1, (int)Math.Round(sound / source.Duration));

    private double PerHour(TimeSpan cpu, TimeSpan sound) => cpu / (Rounds(sound) * source.Duration) * 3600;

    private float[] Resampled()
    {
        using var decoder = Codecs.OpenDecoder(source.Format.Codec);
        var mono = new MonoMix();
        Resampler? resampler = null;
        List<float> samples = [];
        foreach (var frame in source.Frames)
        {
            var audio = decoder.Decode(frame);
            if (!audio.IsEmpty)
                samples.AddRange((resampler ??= new Resampler(audio.SampleRate, target.Rate)).Process(mono.Mix(audio)));
        }
        return [.. samples];
    }

    private static double Number(Capture capture) => double.Parse(capture.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"bench: utime=(?<user>[\d.]+)s stime=(?<system>[\d.]+)s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    private sealed class NullSink : IPacketSink
    {
        public void OnPacket(ReadOnlySpan<byte> packet, int samples)
        {
            // What is measured is how it came to be.
        }
    }

    private sealed class Chain(GuardedDecoder decoder, IAudioEncoder encoder) : IFrameSink, IDisposable
    {
        private readonly MonoMix _mono = new();
        private readonly NullSink _sink = new();
        private Resampler? _resampler;

        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame)
        {
            var audio = decoder.Decode(frame);
            if (audio.IsEmpty)
                return;
            if (_resampler?.InputRate != audio.SampleRate)
                _resampler = new Resampler(audio.SampleRate, encoder.SampleRate);
            encoder.Encode(_resampler.Process(_mono.Mix(audio)), _sink);
        }

        public void Dispose()
        {
            decoder.Dispose();
            encoder.Dispose();
        }
    }
}
