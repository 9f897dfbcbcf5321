using AudioRelay.Media.Codecs;

namespace AudioRelay.Benchmarks.Codecs;

/// <summary>What a measurement encodes to, with us and with ffmpeg.</summary>
/// <param name="Rate">The encoder's rate.</param>
/// <param name="Open">Our encoder.</param>
/// <param name="FfmpegArguments">The same for ffmpeg.</param>
internal sealed record CodecTarget(int Rate, Func<CodecCatalog, IAudioEncoder> Open, string[] FfmpegArguments)
{
    public static CodecTarget Aac { get; } =
        new(16_000, codecs => codecs.OpenAacEncoder(), ["-ar", "16000", "-c:a", "aac", "-b:a", "32k", "-f", "adts"]);

    public static CodecTarget Opus(int complexity) =>
        new(
            48_000,
            codecs => codecs.OpenOpusEncoder(16_000, complexity),
            [
                "-ar",
                "48000",
                "-c:a",
                "libopus",
                "-b:a",
                "16k",
                "-vbr",
                "constrained",
                "-application",
                "audio",
                "-compression_level",
                $"{complexity}",
                "-f",
                "ogg",
            ]
        );
}
