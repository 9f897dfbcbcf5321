namespace AudioRelay.Media.Framing;

/// <summary>The flavour of a codec that a frame's header names: MPEG version for MP3, object type for AAC.</summary>
public enum FrameVariant
{
    /// <summary>MPEG-1 layer III: 32, 44.1 and 48 kHz, 1152 samples.</summary>
    Mpeg1LayerIII,

    /// <summary>MPEG-2 layer III: 16, 22.05 and 24 kHz, 576 samples.</summary>
    Mpeg2LayerIII,

    /// <summary>MPEG-2.5 layer III: 8, 11.025 and 12 kHz, 576 samples.</summary>
    Mpeg25LayerIII,

    /// <summary>AAC Main.</summary>
    AacMain,

    /// <summary>AAC Low Complexity; also what HE-AAC announces in ADTS.</summary>
    AacLc,

    /// <summary>AAC Scalable Sample Rate.</summary>
    AacSsr,

    /// <summary>AAC Long Term Prediction.</summary>
    AacLtp,
}
