namespace AudioRelay.Streams.Export;

/// <summary>How an exported file is written.</summary>
public enum ExportContainer
{
    /// <summary>Ogg with Opus, trimmed to the sample at both ends.</summary>
    OggOpus,

    /// <summary>AAC (ADTS) or MP3 frames as they are, cut at frames.</summary>
    Frames,

    /// <summary>MP4 with AAC, trimmed to the sample by its edit list, with titles as chapters.</summary>
    M4a,

    /// <summary>PCM as it is stored, exact.</summary>
    Wav,

    /// <summary>Any sound, decoded to PCM, trimmed to the sample at both ends.</summary>
    DecodedWav,
}
