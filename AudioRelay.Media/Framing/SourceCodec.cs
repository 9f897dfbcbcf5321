namespace AudioRelay.Media.Framing;

/// <summary>What a station's bytes are compressed with.</summary>
public enum SourceCodec
{
    /// <summary>MPEG audio layer III.</summary>
    Mp3,

    /// <summary>AAC in ADTS; with SBR or PS on top (HE-AAC v1, v2) it looks the same from outside.</summary>
    Aac,
}
