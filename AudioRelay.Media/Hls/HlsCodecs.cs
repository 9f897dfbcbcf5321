namespace AudioRelay.Media.Hls;

/// <summary>The CODECS strings of RFC 6381 for what we serve.</summary>
public static class HlsCodecs
{
    /// <summary>Opus in fMP4: the 4CC, which Safari insists on and Chromium accepts.</summary>
    public const string Opus = "Opus";

    /// <summary>FLAC in fMP4.</summary>
    public const string Flac = "fLaC";

    /// <summary>AAC-LC.</summary>
    public const string AacLc = "mp4a.40.2";

    /// <summary>HE-AAC (SBR).</summary>
    public const string HeAac = "mp4a.40.5";

    /// <summary>HE-AAC v2 (SBR and parametric stereo).</summary>
    public const string HeAacV2 = "mp4a.40.29";

    /// <summary>MP3 as packed audio.</summary>
    public const string Mp3 = "mp4a.40.34";
}
