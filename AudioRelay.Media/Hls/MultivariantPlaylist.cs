using System.Buffers;
using System.Text;

namespace AudioRelay.Media.Hls;

/// <summary>The text of a multivariant playlist: the same sound in several codecs.</summary>
public static class MultivariantPlaylist
{
    /// <summary>The playlist as UTF-8.</summary>
    /// <param name="variants">The renditions, preferred one first.</param>
    /// <param name="independentSegments">True when every segment of every rendition decodes by itself.</param>
    public static byte[] Render(IReadOnlyList<Variant> variants, bool independentSegments = true)
    {
        ArgumentNullException.ThrowIfNull(variants);
        var output = new ArrayBufferWriter<byte>();
        var text = new PlaylistText(output);
        text.Line("#EXTM3U"u8);
        if (independentSegments)
        {
            text.Line("#EXT-X-INDEPENDENT-SEGMENTS"u8);
        }

        foreach (var variant in variants)
        {
            text.Text("#EXT-X-STREAM-INF:BANDWIDTH="u8);
            text.Number(variant.Bandwidth);
            if (variant.AverageBandwidth is { } average)
            {
                text.Text(",AVERAGE-BANDWIDTH="u8);
                text.Number(average);
            }

            // Without CODECS a player takes sound alone for AAC.
            text.Text(",CODECS=\""u8);
            text.Text(Encoding.ASCII.GetBytes(variant.Codecs));
            text.Line("\""u8);
            text.Line(RelativeUri.Encode(variant.Uri));
        }

        return output.WrittenSpan.ToArray();
    }
}
