using AudioRelay.Media.Containers.Wav;

namespace AudioRelay.Streams.Export;

/// <summary>Tags and titles as a WAV file has them.</summary>
internal static class ExportTrailer
{
    /// <summary>The chunks behind the samples.</summary>
    /// <param name="tags">What the file says of itself.</param>
    /// <param name="titles">Its titles.</param>
    /// <param name="rate">The file's samples per second.</param>
    public static byte[] Make(ExportTags tags, IReadOnlyList<ExportTitle> titles, int rate) =>
        WavTrailer.Make(
            [("INAM", tags.Title), ("IART", tags.Artist), ("ICRD", tags.Date)],
            [.. titles.Select(t => ((long)((Int128)t.At.Ticks * rate / TimeSpan.TicksPerSecond), t.Text))]
        );
}
