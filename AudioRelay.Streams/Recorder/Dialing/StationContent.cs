namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>What a Content-Type says of an answer. Compared as a media type: without case, without parameters (RFC 9110 §8.3.1).</summary>
public enum StationContent
{
    /// <summary>MP3: <c>audio/mpeg</c> and its old spellings.</summary>
    Mp3,

    /// <summary>AAC in ADTS: <c>audio/aac</c>, <c>audio/aacp</c> and their old spellings.</summary>
    Aac,

    /// <summary>A <c>.pls</c> or <c>.m3u</c> file that names the stream.</summary>
    Playlist,

    /// <summary>Missing or generic: the frames decide.</summary>
    Unsaid,

    /// <summary>Something that cannot be a stream we read: HTML, video, Ogg, JSON.</summary>
    Other,
}
