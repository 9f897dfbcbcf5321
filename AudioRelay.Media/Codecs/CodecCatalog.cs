using AudioRelay.Media.Codecs.Faad;
using AudioRelay.Media.Codecs.Libav;
using AudioRelay.Media.Codecs.Mpg123;
using AudioRelay.Media.Codecs.Native;
using AudioRelay.Media.Codecs.Opus;
using AudioRelay.Media.Codecs.VoAac;
using AudioRelay.Media.Codecs.Wav;
using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Codecs;

/// <summary>
/// Knows which codec libraries this machine has and opens decoders and encoders with them. A library is looked for when it is
/// first needed; one that is missing is a <see cref="MissingLibraryException"/> from the Open… methods and nothing worse.
/// </summary>
public sealed class CodecCatalog
{
    /// <summary>Names of libraries (comma separated) that shall be taken as missing, for tests and for finding faults.</summary>
    public const string WithoutVariable = "AUDIORELAY_WITHOUT_LIBRARIES";

    private readonly IReadOnlyCollection<CodecLibrary> _without;

    /// <summary>A catalog over this machine's libraries.</summary>
    /// <param name="without">Libraries that shall be taken as missing; null: those the environment names.</param>
    public CodecCatalog(IReadOnlyCollection<CodecLibrary>? without = null) =>
        _without = without ?? Named(Environment.GetEnvironmentVariable(WithoutVariable));

    /// <summary>True when Opus can be encoded.</summary>
    public bool CanEncodeOpus => Opus is not null;

    /// <summary>True when AAC can be encoded.</summary>
    public bool CanEncodeAac => VoAacEnc is not null;

    private Mpg123Api? Mpg123 => Unless(CodecLibrary.Mpg123, static () => Mpg123Api.Shared);

    private FaadApi? Faad => Unless(CodecLibrary.Faad, static () => FaadApi.Shared);

    private LibavApi? Libavcodec => Unless(CodecLibrary.Libavcodec, static () => LibavApi.Shared);

    private OpusApi? Opus => Unless(CodecLibrary.Opus, static () => OpusApi.Shared);

    private VoAacApi? VoAacEnc => Unless(CodecLibrary.VoAacEnc, static () => VoAacApi.Shared);

    /// <summary>Looks for every library.</summary>
    public IReadOnlyList<CodecLibraryReport> Probe() =>
        [
            Report(CodecLibrary.Mpg123, Mpg123Api.Shared, api => api.Version),
            Report(CodecLibrary.Faad, FaadApi.Shared, api => api.Version),
            Report(CodecLibrary.Libavcodec, LibavApi.Shared, api => api.Version),
            Report(CodecLibrary.Opus, OpusApi.Shared, api => api.Version),
            Report(CodecLibrary.VoAacEnc, VoAacApi.Shared, _ => null),
        ];

    /// <summary>True when this sound can be decoded.</summary>
    /// <param name="codec">What the frames are.</param>
    /// <param name="choice">Which library may do it.</param>
    public bool CanDecode(SourceCodec codec, DecoderChoice choice = DecoderChoice.Auto) => Opener(codec, choice, mono: true) is not null;

    /// <summary>Opens a guarded decoder for MP3, or for AAC-LC and HE-AAC v1/v2 in ADTS.</summary>
    /// <param name="codec">What the frames are.</param>
    /// <param name="choice">Which library may do it.</param>
    /// <param name="mono">True lets a decoder mix to mono itself where that is cheaper; pass its sound through <see cref="MonoMix"/> in any case.</param>
    /// <exception cref="MissingLibraryException">No such library here.</exception>
    public GuardedDecoder OpenDecoder(SourceCodec codec, DecoderChoice choice = DecoderChoice.Auto, bool mono = true) =>
        new(Opener(codec, choice, mono) ?? throw Missing(codec, choice));

    /// <summary>Opens a guarded decoder for Opus packets, 48 kHz.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <exception cref="MissingLibraryException">libopus is not here.</exception>
    public GuardedDecoder OpenOpusDecoder(int channels = 1)
    {
        var opus = Opus ?? throw new MissingLibraryException("Decoding Opus", CodecLibrary.Opus);
        return new GuardedDecoder(() => new OpusDecoder(opus, channels));
    }

    /// <summary>Opens a "decoder" for s16le PCM without a header: whole samples in, the same as floats out. Needs no library.</summary>
    /// <param name="sampleRate">Rate of the sound.</param>
    /// <param name="channels">1 or 2.</param>
    public static IAudioDecoder OpenWavDecoder(int sampleRate, int channels = 1) => new PcmDecoder(sampleRate, channels);

    /// <summary>Opens a decoder without its guard: for measuring what the guard costs, and for nothing else.</summary>
    internal IAudioDecoder OpenBareDecoder(SourceCodec codec, DecoderChoice choice = DecoderChoice.Auto, bool mono = true) =>
        (Opener(codec, choice, mono) ?? throw Missing(codec, choice))();

    /// <summary>Opens an Opus encoder: mono, 48 kHz, 20 ms, VBR.</summary>
    /// <param name="bitrate">Bits per second, 6000…510000.</param>
    /// <param name="complexity">0…10.</param>
    /// <exception cref="MissingLibraryException">libopus is not here.</exception>
    public IAudioEncoder OpenOpusEncoder(int bitrate = 16000, int complexity = 7) =>
        OpusEncoder.Open(Opus ?? throw new MissingLibraryException("Encoding Opus", CodecLibrary.Opus), bitrate, complexity);

    /// <summary>Opens an AAC-LC encoder: mono, ADTS frames.</summary>
    /// <param name="bitrate">Bits per second; more than 6 × rate or 160000 is brought down to that.</param>
    /// <param name="sampleRate">Rate of the sound.</param>
    /// <exception cref="MissingLibraryException">vo-aacenc is not here.</exception>
    public IAudioEncoder OpenAacEncoder(int bitrate = 32000, int sampleRate = 16000) =>
        new VoAacEncoder(VoAacEnc ?? throw new MissingLibraryException("Encoding AAC", CodecLibrary.VoAacEnc), sampleRate, bitrate);

    /// <summary>Opens the PCM encoder (s16le, no header). Needs no library.</summary>
    /// <param name="sampleRate">Rate of the sound.</param>
    public static IAudioEncoder OpenWavEncoder(int sampleRate) => new PcmEncoder(sampleRate);

    /// <summary>The libraries of a comma-separated list; names that are none of ours are passed over.</summary>
    internal static IReadOnlyCollection<CodecLibrary> Named(string? list)
    {
        var names = list?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return CodecLibrary.All.Where(library => names.Contains(library.Name, StringComparer.OrdinalIgnoreCase)).ToList();
    }

    private static MissingLibraryException Missing(SourceCodec codec, DecoderChoice choice)
    {
        var (sound, small) = codec == SourceCodec.Mp3 ? ("MP3", CodecLibrary.Mpg123) : ("AAC", CodecLibrary.Faad);
        CodecLibrary[] allowed = choice switch
        {
            DecoderChoice.Small => [small],
            DecoderChoice.Libavcodec => [CodecLibrary.Libavcodec],
            _ => [small, CodecLibrary.Libavcodec],
        };
        return new MissingLibraryException($"Decoding {sound}", allowed);
    }

    private Func<IAudioDecoder>? Opener(SourceCodec codec, DecoderChoice choice, bool mono)
    {
        if (choice != DecoderChoice.Libavcodec)
        {
            if (codec == SourceCodec.Mp3 && Mpg123 is { } mpg123)
                return () => new Mpg123Decoder(mpg123, mono);
            if (codec == SourceCodec.Aac && Faad is { } faad)
                return () => new FaadDecoder(faad);
        }
        if (choice != DecoderChoice.Small && Libavcodec is { } libav)
            return codec == SourceCodec.Mp3 ? () => LibavDecoder.OpenMp3(libav, mono) : () => LibavDecoder.OpenAac(libav, mono);
        return null;
    }

    private T? Unless<T>(CodecLibrary library, Func<NativeApi<T>> load)
        where T : class => _without.Contains(library) ? null : load().Functions;

    private CodecLibraryReport Report<T>(CodecLibrary library, NativeApi<T> api, Func<T, string?> version)
        where T : class
    {
        if (_without.Contains(library))
            return new CodecLibraryReport(library, Found: false, null, null, $"taken as missing ({WithoutVariable})");
        var found = api.Functions is not null;
        return new CodecLibraryReport(library, found, found ? version(api.Functions!) : null, api.File, api.Problem);
    }
}
