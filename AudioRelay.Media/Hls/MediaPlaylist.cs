using System.Buffers;

namespace AudioRelay.Media.Hls;

/// <summary>The text of a media playlist: a pure function of its entries, so that a restarted server writes the same.</summary>
public static class MediaPlaylist
{
    /// <summary>The media type playlists are served as.</summary>
    public const string MediaType = "application/vnd.apple.mpegurl";

    /// <summary>Writes the playlist as UTF-8.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="options">What it says beside its entries.</param>
    /// <param name="entries">The segments, in order.</param>
    public static void Render(IBufferWriter<byte> output, MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries) =>
        throw new NotSupportedException();

    /// <summary>The playlist as UTF-8.</summary>
    /// <param name="options">What it says beside its entries.</param>
    /// <param name="entries">The segments, in order.</param>
    public static byte[] Render(MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>(512 + (entries.Length * 64));
        Render(output, options, entries);
        return output.WrittenSpan.ToArray();
    }
}
