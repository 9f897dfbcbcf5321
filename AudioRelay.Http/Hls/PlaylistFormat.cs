namespace AudioRelay.Http.Hls;

/// <summary>A kind of playlist: which codecs it can hold, and what its segments are called.</summary>
/// <param name="FileName">What it is asked for by.</param>
/// <param name="Codecs">The sections it can hold.</param>
internal sealed record PlaylistFormat(string FileName, IReadOnlyList<string> Codecs)
{
    public static readonly PlaylistFormat Opus = new("opus-playlist.m3u8", ["opus"]);
    public static readonly PlaylistFormat Packed = new("playlist.m3u8", ["aac", "mp3"]);
    public static readonly PlaylistFormat Flac = new("flac-playlist.m3u8", ["wav"]);

    public static IReadOnlyList<PlaylistFormat> All { get; } = [Opus, Packed, Flac];
}
