using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Faad;

/// <summary>The functions of libfaad2 that are used.</summary>
internal sealed unsafe class FaadApi
{
    private static readonly NativeNames Names = new(
        ["libfaad.so.2"],
        ["libfaad.2.dylib", "libfaad.dylib"],
        ["libfaad-2.dll", "libfaad2.dll", "faad2.dll"]
    );

    private static readonly Lazy<NativeApi<FaadApi>> Loaded = new(() => NativeApi<FaadApi>.Load(Names, m => new FaadApi(m)));

    private readonly delegate* unmanaged[Cdecl]<nint> _open;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _close;
    private readonly delegate* unmanaged[Cdecl]<nint, FaadConfiguration*> _getConfiguration;
    private readonly delegate* unmanaged[Cdecl]<nint, FaadConfiguration*, byte> _setConfiguration;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, CULong, CULong*, byte*, CLong> _init;
    private readonly delegate* unmanaged[Cdecl]<nint, FaadFrameInfo*, byte*, CULong, void**, CULong, void*> _decode;

    private FaadApi(NativeModule module)
    {
        _open = (delegate* unmanaged[Cdecl]<nint>)module.Function("NeAACDecOpen");
        _close = (delegate* unmanaged[Cdecl]<nint, void>)module.Function("NeAACDecClose");
        _getConfiguration = (delegate* unmanaged[Cdecl]<nint, FaadConfiguration*>)module.Function("NeAACDecGetCurrentConfiguration");
        _setConfiguration = (delegate* unmanaged[Cdecl]<nint, FaadConfiguration*, byte>)module.Function("NeAACDecSetConfiguration");
        _init = (delegate* unmanaged[Cdecl]<nint, byte*, CULong, CULong*, byte*, CLong>)module.Function("NeAACDecInit");
        _decode = (delegate* unmanaged[Cdecl]<nint, FaadFrameInfo*, byte*, CULong, void**, CULong, void*>)
            module.Function("NeAACDecDecode2");
        Version = ReadVersion(module);
    }

    /// <summary>The library of this machine.</summary>
    public static NativeApi<FaadApi> Shared => Loaded.Value;

    /// <summary>The library's own version.</summary>
    public string? Version { get; }

    /// <summary>A new decoder for ADTS that gives float samples.</summary>
    public nint Open()
    {
        var handle = _open();
        if (handle == 0)
            throw new InvalidOperationException("NeAACDecOpen failed");
        var configuration = _getConfiguration(handle);
        configuration->ObjectType = FaadConfiguration.LowComplexity;
        configuration->OutputFormat = FaadConfiguration.Float;
        configuration->DownMatrix = 1;
        // Without this, plain AAC-LC at 24 kHz and below comes out at twice its rate; real HE-AAC is not affected.
        configuration->DontUpSampleImplicitSbr = 1;
        _setConfiguration(handle, configuration);
        return handle;
    }

    public void Close(nint handle) => _close(handle);

    /// <summary>Reads the first frame's header; false when it is refused.</summary>
    public bool Init(nint handle, ReadOnlySpan<byte> frame)
    {
        CULong rate;
        byte channels;
        fixed (byte* from = frame)
            return _init(handle, from, new CULong((nuint)frame.Length), &rate, &channels).Value >= 0;
    }

    /// <summary>
    /// Decodes a frame into memory of ours, whose size the library respects; the answer is how many samples that gave. (Its own
    /// buffer, which NeAACDecDecode uses, is too small in 2.10 when a stream that began without SBR gets it later: it writes
    /// beyond the end. Found by fuzzing.)
    /// </summary>
    public int Decode(nint handle, ReadOnlySpan<byte> frame, Span<float> output, out FaadFrameInfo info)
    {
        FaadFrameInfo answer = default;
        void* samples;
        VectorState.Clean();
        fixed (byte* from = frame)
        fixed (float* to = output)
        {
            void* buffer = to;
            samples = _decode(
                handle,
                &answer,
                from,
                new CULong((nuint)frame.Length),
                &buffer,
                new CULong((nuint)output.Length * sizeof(float))
            );
        }
        info = answer;
        return samples is null || answer.Error != 0 ? 0 : (int)answer.Samples.Value;
    }

    private static string? ReadVersion(NativeModule module)
    {
        var ask = (delegate* unmanaged[Cdecl]<byte**, byte**, int>)module.OptionalFunction("NeAACDecGetVersion");
        if (ask is null)
            return null;
        byte* version,
            copyright;
        return ask(&version, &copyright) == 0 ? Marshal.PtrToStringUTF8((nint)version) : null;
    }
}
