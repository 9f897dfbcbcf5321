using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Shows;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>Compares what the shows need with what this machine has, before anything is recorded.</summary>
internal static class CodecNeeds
{
    /// <exception cref="CliException">A show's format cannot be written, or nothing can be decoded.</exception>
    public static void Check(IReadOnlyList<ShowPlan> plans, CodecCatalog codecs, ILogger log)
    {
        foreach (var plan in plans)
        {
            var missing = plan.Capture.Format switch
            {
                StoredFormat.Opus when !codecs.CanEncodeOpus => "Opus needs libopus",
                StoredFormat.Aac when !codecs.CanEncodeAac => "AAC needs vo-aacenc",
                _ => null,
            };
            if (missing is not null)
            {
                throw new CliException(
                    $"{plan.Name}: {missing}, which is not installed. 'audiorelay doctor' says how to get it; audio_format = 'copy' needs none."
                );
            }
        }

        if (plans.All(p => p.Capture.Format == StoredFormat.Copy))
        {
            return;
        }

        var (mp3, aac) = (codecs.CanDecode(SourceCodec.Mp3), codecs.CanDecode(SourceCodec.Aac));
        if (!mp3 && !aac)
        {
            throw new CliException(
                "Neither MP3 nor AAC can be decoded here. 'audiorelay doctor' says what to install; audio_format = 'copy' needs nothing."
            );
        }

        if (!mp3 || !aac)
        {
            log.LogWarning("{Codec} stations cannot be decoded here; 'audiorelay doctor' says what to install", mp3 ? "AAC" : "MP3");
        }
    }
}
