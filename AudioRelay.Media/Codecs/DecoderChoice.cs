namespace AudioRelay.Media.Codecs;

/// <summary>Which library decodes (configuration <c>decoder</c>).</summary>
public enum DecoderChoice
{
    /// <summary>mpg123 for MP3 and faad for AAC; libavcodec where these are missing.</summary>
    Auto,

    /// <summary>Only mpg123 and faad.</summary>
    Small,

    /// <summary>Only libavcodec.</summary>
    Libavcodec,
}
