using System.Runtime.InteropServices;

namespace AudioRelay.Media.Hls;

/// <summary>One segment as a playlist sees it.</summary>
/// <param name="Id">The segment's id: it stands in the URI, between the playlist's prefix and suffix.</param>
/// <param name="FirstSample">Its first sample within its section. Lengths are cut from the running total, so that rounding never adds up.</param>
/// <param name="Samples">How many samples it holds.</param>
/// <param name="SampleRate">Samples per second.</param>
/// <param name="Era">
/// How many discontinuities lie before it since the show began: grows by one where a section does not continue the one before.
/// </param>
/// <param name="WallUs">UTC in microseconds at its first sample.</param>
/// <param name="MapUri">Its init segment, for fMP4; the same string for all that share one.</param>
/// <param name="IsGap">True when there is nothing to fetch: a hole kept in the timeline (EXT-X-GAP).</param>
/// <param name="Query">
/// What follows the URI's suffix, question mark and all, escaped already; null for nothing. The same string for all that share one.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlaylistEntry(
    long Id,
    long FirstSample,
    long Samples,
    int SampleRate,
    long Era,
    long WallUs,
    string? MapUri = null,
    bool IsGap = false,
    string? Query = null
);
