namespace AudioRelay.Streams.Capture;

/// <summary>What a show is stored as.</summary>
public enum StoredFormat
{
    /// <summary>Opus, 48 kHz mono.</summary>
    Opus,

    /// <summary>AAC-LC, 16 kHz mono, ADTS.</summary>
    Aac,

    /// <summary>s16le mono at the source's rate.</summary>
    Wav,

    /// <summary>The station's own frames, untouched.</summary>
    Copy,
}
