namespace AudioRelay.Media.Codecs;

/// <summary>
/// Knows which codec libraries this machine has and opens decoders and encoders with them. A library is looked for when it is
/// first needed; one that is missing is a <see cref="MissingLibraryException"/> from the Open… methods and nothing worse.
/// </summary>
public sealed class CodecCatalog
{
    /// <summary>Names of libraries (comma separated) that shall be taken as missing, for tests and for finding faults.</summary>
    public const string WithoutVariable = "AUDIORELAY_WITHOUT_LIBRARIES";

    /// <summary>A catalog over this machine's libraries.</summary>
    /// <param name="without">Libraries that shall be taken as missing; null: those the environment names.</param>
    public CodecCatalog(IReadOnlyCollection<CodecLibrary>? without = null) => _ = without;

    /// <summary>Looks for every library.</summary>
    public IReadOnlyList<CodecLibraryReport> Probe() => throw new NotSupportedException("not yet");

    /// <summary>True when MP3 can be decoded.</summary>
    /// <param name="choice">Which library may do it.</param>
    public bool CanDecodeMp3(DecoderChoice choice = DecoderChoice.Auto) => throw new NotSupportedException("not yet");

    /// <summary>True when AAC can be decoded.</summary>
    /// <param name="choice">Which library may do it.</param>
    public bool CanDecodeAac(DecoderChoice choice = DecoderChoice.Auto) => throw new NotSupportedException("not yet");

    /// <summary>True when Opus can be encoded.</summary>
    public bool CanEncodeOpus => throw new NotSupportedException("not yet");

    /// <summary>True when AAC can be encoded.</summary>
    public bool CanEncodeAac => throw new NotSupportedException("not yet");

    /// <summary>Opens a guarded decoder for MPEG audio (layers I–III).</summary>
    /// <param name="choice">Which library may do it.</param>
    /// <param name="mono">True lets a decoder mix to mono itself where that is cheaper; pass its sound through <see cref="MonoMix"/> in any case.</param>
    /// <exception cref="MissingLibraryException">No such library here.</exception>
    public GuardedDecoder OpenMp3Decoder(DecoderChoice choice = DecoderChoice.Auto, bool mono = true) =>
        throw new NotSupportedException("not yet");

    /// <summary>Opens a guarded decoder for AAC-LC and HE-AAC v1/v2 in ADTS.</summary>
    /// <param name="choice">Which library may do it.</param>
    /// <param name="mono">True lets a decoder mix to mono itself where that is cheaper; pass its sound through <see cref="MonoMix"/> in any case.</param>
    /// <exception cref="MissingLibraryException">No such library here.</exception>
    public GuardedDecoder OpenAacDecoder(DecoderChoice choice = DecoderChoice.Auto, bool mono = true) =>
        throw new NotSupportedException("not yet");

    /// <summary>Opens an Opus encoder: mono, 48 kHz, 20 ms, VBR.</summary>
    /// <param name="bitrate">Bits per second, 6000…510000.</param>
    /// <param name="complexity">0…10.</param>
    /// <exception cref="MissingLibraryException">libopus is not here.</exception>
    public IAudioEncoder OpenOpusEncoder(int bitrate = 16000, int complexity = 7) => throw new NotSupportedException("not yet");

    /// <summary>Opens an AAC-LC encoder: mono, ADTS frames.</summary>
    /// <param name="bitrate">Bits per second; more than 6 × rate or 160000 is brought down to that.</param>
    /// <param name="sampleRate">Rate of the sound.</param>
    /// <exception cref="MissingLibraryException">vo-aacenc is not here.</exception>
    public IAudioEncoder OpenAacEncoder(int bitrate = 32000, int sampleRate = 16000) => throw new NotSupportedException("not yet");

    /// <summary>Opens the PCM encoder (s16le, no header). Needs no library.</summary>
    /// <param name="sampleRate">Rate of the sound.</param>
    public static IAudioEncoder OpenWavEncoder(int sampleRate) => throw new NotSupportedException("not yet");
}
