using AudioRelay.Storage;

namespace AudioRelay.Http.Playback;

/// <summary>
/// Whether a section still grows, as people are told it and as a player that follows asks. The end of a playlist is a promise and follows from
/// facts instead: see <see cref="Hls.PlaylistSelector"/>.
/// </summary>
internal static class SectionGrowth
{
    /// <summary>
    /// A section that nobody ended and that has not grown for so long will not grow any more: its recorder was killed, or is the
    /// predecessor, which ends none. Players would wait at its end for ever.
    /// </summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    /// <summary>True when nothing more comes: it was ended, or abandoned.</summary>
    /// <param name="section">The section.</param>
    /// <param name="nowUs">Now, UTC µs.</param>
    public static bool IsOver(this SectionInfo section, long nowUs) =>
        section.Ended || section.EndUs + (Abandoned.Ticks / TimeSpan.TicksPerMicrosecond) <= nowUs;
}
