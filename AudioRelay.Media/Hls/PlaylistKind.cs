namespace AudioRelay.Media.Hls;

/// <summary>How a media playlist may change.</summary>
public enum PlaylistKind
{
    /// <summary>A finished range: never changes, has its end.</summary>
    Vod,

    /// <summary>A growing range: entries are only appended.</summary>
    Event,

    /// <summary>A sliding window: entries are appended and fall off the front.</summary>
    Live,
}
