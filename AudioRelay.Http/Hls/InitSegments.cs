using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>The init segments of a show's sections, and the names that are made of their content.</summary>
internal static class InitSegments
{
    /// <summary>The init segment a section's players need.</summary>
    public static byte[] Of(SectionInfo section) =>
        section.Codec == "opus"
            ? InitSegment.ForOpus(new OpusTrack(section.EncoderDelay, section.Channels))
            : InitSegment.ForFlac(section.Rate, section.Channels);

    /// <summary>Its name.</summary>
    public static string NameOf(SectionInfo section) => InitSegment.FileName(Of(section));

    /// <summary>What makes two sections share one.</summary>
    public static (string, int, int, int) ConfigurationOf(SectionInfo section) =>
        (section.Codec, section.EncoderDelay, section.Channels, section.Rate);
}
