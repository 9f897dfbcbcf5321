namespace AudioRelay.Media.Hls;

/// <summary>The text of a multivariant playlist: the same sound in several codecs.</summary>
public static class MultivariantPlaylist
{
    /// <summary>The playlist as UTF-8.</summary>
    /// <param name="variants">The renditions, preferred one first.</param>
    /// <param name="independentSegments">True when every segment of every rendition decodes by itself.</param>
    public static byte[] Render(IReadOnlyList<Variant> variants, bool independentSegments = true) => throw new NotSupportedException();
}
