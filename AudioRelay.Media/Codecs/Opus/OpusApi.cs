using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Opus;

/// <summary>The functions of libopus that are used.</summary>
internal sealed unsafe class OpusApi
{
    internal const int ApplicationAudio = 2049;
    internal const int SetBitrate = 4002;
    internal const int SetVbr = 4006;
    internal const int SetComplexity = 4010;
    private const int GetLookahead = 4027;

    private static readonly NativeNames Names = new(
        ["libopus.so.0"],
        ["libopus.0.dylib", "libopus.dylib"],
        ["libopus-0.dll", "opus.dll", "libopus.dll"]
    );

    private static readonly Lazy<NativeApi<OpusApi>> Loaded = new(() => NativeApi<OpusApi>.Load(Names, m => new OpusApi(m)));

    // opus_encoder_ctl is variadic. Where variadic arguments travel as others do, a plain call is right; on Apple silicon they
    // go on the stack, so six dummies fill the registers first.
    private static readonly bool VariadicOnStack =
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private readonly delegate* unmanaged[Cdecl]<int, int, int, int*, nint> _create;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _destroy;
    private readonly delegate* unmanaged[Cdecl]<nint, float*, int, byte*, int, int> _encode;
    private readonly delegate* unmanaged[Cdecl]<int, int, int*, nint> _createDecoder;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _destroyDecoder;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int, float*, int, int, int> _decode;
    private readonly nint _control;

    private OpusApi(NativeModule module)
    {
        _create = (delegate* unmanaged[Cdecl]<int, int, int, int*, nint>)module.Function("opus_encoder_create");
        _destroy = (delegate* unmanaged[Cdecl]<nint, void>)module.Function("opus_encoder_destroy");
        _encode = (delegate* unmanaged[Cdecl]<nint, float*, int, byte*, int, int>)module.Function("opus_encode_float");
        _createDecoder = (delegate* unmanaged[Cdecl]<int, int, int*, nint>)module.Function("opus_decoder_create");
        _destroyDecoder = (delegate* unmanaged[Cdecl]<nint, void>)module.Function("opus_decoder_destroy");
        _decode = (delegate* unmanaged[Cdecl]<nint, byte*, int, float*, int, int, int>)module.Function("opus_decode_float");
        _control = module.Function("opus_encoder_ctl");
        var version = (delegate* unmanaged[Cdecl]<byte*>)module.Function("opus_get_version_string");
        Version = Marshal.PtrToStringUTF8((nint)version());
    }

    /// <summary>The library of this machine.</summary>
    public static NativeApi<OpusApi> Shared => Loaded.Value;

    /// <summary>The library's own version.</summary>
    public string? Version { get; }

    public nint Create(int sampleRate, int channels, int application)
    {
        int error;
        var encoder = _create(sampleRate, channels, application, &error);
        return encoder != 0 ? encoder : throw new InvalidOperationException($"opus_encoder_create failed with {error}");
    }

    public void Destroy(nint encoder) => _destroy(encoder);

    /// <summary>Changes a setting.</summary>
    public void Set(nint encoder, int request, int value)
    {
        var result = Control(encoder, request, value);
        if (result != 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"libopus refuses it for the setting {request} with {result}");
    }

    /// <summary>Samples that come out before the first one that went in, at the encoder's rate.</summary>
    public int Lookahead(nint encoder)
    {
        int value;
        var result = Control(encoder, GetLookahead, (nint)(&value));
        return result == 0 ? value : throw new InvalidOperationException($"OPUS_GET_LOOKAHEAD failed with {result}");
    }

    /// <summary>Encodes one frame; the answer is the packet's length.</summary>
    public int Encode(nint encoder, ReadOnlySpan<float> frame, Span<byte> packet)
    {
        int length;
        VectorState.Clean();
        fixed (float* from = frame)
        fixed (byte* to = packet)
            length = _encode(encoder, from, frame.Length, to, packet.Length);
        return length > 0 ? length : throw new InvalidOperationException($"opus_encode_float failed with {length}");
    }

    public nint CreateDecoder(int sampleRate, int channels)
    {
        int error;
        var decoder = _createDecoder(sampleRate, channels, &error);
        return decoder != 0 ? decoder : throw new InvalidOperationException($"opus_decoder_create failed with {error}");
    }

    public void DestroyDecoder(nint decoder) => _destroyDecoder(decoder);

    /// <summary>Decodes one packet; the answer is samples per channel, or a negative number when it is none that can be decoded.</summary>
    public int Decode(nint decoder, ReadOnlySpan<byte> packet, Span<float> interleaved, int channels)
    {
        VectorState.Clean();
        fixed (byte* from = packet)
        fixed (float* to = interleaved)
            return _decode(decoder, from, packet.Length, to, interleaved.Length / channels, 0);
    }

    private int Control(nint encoder, int request, nint value) =>
        VariadicOnStack
            ? ((delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint, nint, nint, nint, nint, int>)_control)(
                encoder,
                request,
                0,
                0,
                0,
                0,
                0,
                0,
                value
            )
            : ((delegate* unmanaged[Cdecl]<nint, int, nint, int>)_control)(encoder, request, value);
}
