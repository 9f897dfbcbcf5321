using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Benchmarks.Codecs;

/// <summary>
/// CPU per hour of sound, one stream, as fast as it goes: our chain (frames, guarded decoder, mono, resampler, encoder) against one
/// ffmpeg process that does the same at equal complexity, and against the bare codec calls, which are the limit.
/// </summary>
public static class CodecBenchmark
{
    /// <summary>Measures and prints the table.</summary>
    /// <param name="output">Takes the table.</param>
    /// <param name="sound">How much sound each measurement takes.</param>
    public static async Task Run(TextWriter output, TimeSpan? sound = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        var length = sound ?? TimeSpan.FromMinutes(10);
        CodecJob[] jobs =
        [
            new("MP3 128k -> Opus 16k, complexity 7", SoundFixture.Mp3, CodecTarget.Opus(7)),
            new("MP3 128k -> Opus 16k, complexity 10", SoundFixture.Mp3, CodecTarget.Opus(10)),
            new("MP3 128k -> AAC 32k", SoundFixture.Mp3, CodecTarget.Aac),
            new("AAC-LC 96k -> Opus 16k, complexity 7", SoundFixture.AacLc, CodecTarget.Opus(7)),
            new("HE-AAC v2 32k -> Opus 16k, complexity 7", SoundFixture.HeAacV2, CodecTarget.Opus(7)),
        ];

        await output.WriteLineAsync("CPU seconds per hour of sound      bare codecs   our chain   ffmpeg   chain/bare   chain/ffmpeg");
        foreach (var job in jobs)
        {
            // Code is compiled for speed only after it has run for a while.
            job.MeasureChain(TimeSpan.FromSeconds(60));
            job.MeasureBare(TimeSpan.FromSeconds(60));

            var bare = Math.Min(job.MeasureBare(length), job.MeasureBare(length));
            var chain = Math.Min(job.MeasureChain(length), job.MeasureChain(length));
            var peer = Math.Min(await job.MeasureFfmpeg(length), await job.MeasureFfmpeg(length));
            await output.WriteLineAsync(
                $"{job.Name, -40} {bare, 5:F2} {chain, 11:F2} {peer, 8:F2} {chain / bare, 12:F2} {chain / peer, 14:F2}"
            );
        }
    }
}
