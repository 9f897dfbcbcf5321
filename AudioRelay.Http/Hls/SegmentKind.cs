namespace AudioRelay.Http.Hls;

/// <summary>A form in which stored segments are served.</summary>
/// <param name="Codec">The codec of the sections it serves.</param>
/// <param name="Folder">The folder in the path.</param>
/// <param name="Extension">What follows the id.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="HasInit">Whether players need an init segment first.</param>
internal sealed record SegmentKind(string Codec, string Folder, string Extension, string MediaType, bool HasInit = false)
{
    public static readonly SegmentKind Opus = new("opus", "opus-segment", ".m4s", "audio/mp4", HasInit: true);
    public static readonly SegmentKind Aac = new("aac", "aac-segment", ".aac", "audio/aac");
    public static readonly SegmentKind Mp3 = new("mp3", "mp3-segment", ".mp3", "audio/mpeg");
    public static readonly SegmentKind Flac = new("wav", "flac-segment", ".m4s", "audio/mp4", HasInit: true);
    public static readonly SegmentKind Wav = new("wav", "wav-segment", ".wav", "audio/wav");

    public static IReadOnlyList<SegmentKind> All { get; } = [Opus, Aac, Mp3, Flac, Wav];

    /// <summary>The form in which a playlist lists a codec.</summary>
    public static SegmentKind Listed(string codec) => All.First(kind => kind.Codec == codec);
}
