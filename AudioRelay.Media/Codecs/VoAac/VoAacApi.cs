using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>vo-aacenc's one export fills a table of functions; this is that table.</summary>
internal sealed unsafe class VoAacApi
{
    private const int CodingAac = 8;
    private const int ParameterAac = 0x42211040;

    private static readonly NativeNames Names = new(
        ["libvo-aacenc.so.0"],
        ["libvo-aacenc.0.dylib", "libvo-aacenc.dylib"],
        ["libvo-aacenc-0.dll", "vo-aacenc.dll"]
    );

    private static readonly Lazy<NativeApi<VoAacApi>> Loaded = new(() => NativeApi<VoAacApi>.Load(Names, m => new VoAacApi(m)));

    // The library's own memory functions, which Init wants handed back to it. An encoder keeps the pointer, so this is never freed.
    private static readonly string[] MemoryFunctions =
    [
        "cmnMemAlloc",
        "cmnMemFree",
        "cmnMemSet",
        "cmnMemCopy",
        "cmnMemCheck",
        "cmnMemCompare",
        "cmnMemMove",
    ];

    private readonly VoUserData* _userData;
    private readonly delegate* unmanaged[Cdecl]<nint*, int, VoUserData*, CULong> _init;
    private readonly delegate* unmanaged[Cdecl]<nint, VoBuffer*, CULong> _setInput;
    private readonly delegate* unmanaged[Cdecl]<nint, VoBuffer*, VoOutputInfo*, CULong> _getOutput;
    private readonly delegate* unmanaged[Cdecl]<nint, CLong, void*, CULong> _setParameter;
    private readonly delegate* unmanaged[Cdecl]<nint, CULong> _uninit;

    private VoAacApi(NativeModule module)
    {
        var memory = (nint*)NativeMemory.AllocZeroed((nuint)MemoryFunctions.Length, (nuint)sizeof(nint));
        for (var i = 0; i < MemoryFunctions.Length; i++)
            memory[i] = module.Function(MemoryFunctions[i]);
        _userData = (VoUserData*)NativeMemory.AllocZeroed((nuint)sizeof(VoUserData));
        _userData->MemoryFunctions = memory;

        var table = stackalloc nint[6];
        ((delegate* unmanaged[Cdecl]<nint*, CLong>)module.Function("voGetAACEncAPI"))(table);
        _init = (delegate* unmanaged[Cdecl]<nint*, int, VoUserData*, CULong>)table[0];
        _setInput = (delegate* unmanaged[Cdecl]<nint, VoBuffer*, CULong>)table[1];
        _getOutput = (delegate* unmanaged[Cdecl]<nint, VoBuffer*, VoOutputInfo*, CULong>)table[2];
        _setParameter = (delegate* unmanaged[Cdecl]<nint, CLong, void*, CULong>)table[3];
        _uninit = (delegate* unmanaged[Cdecl]<nint, CULong>)table[5];
    }

    /// <summary>The library of this machine.</summary>
    public static NativeApi<VoAacApi> Shared => Loaded.Value;

    /// <summary>A new encoder: mono, ADTS.</summary>
    public nint Create(int sampleRate, int bitrate)
    {
        nint encoder;
        var result = _init(&encoder, CodingAac, _userData).Value;
        if (result != 0)
            throw new InvalidOperationException($"vo-aacenc's Init failed with 0x{result:X}");
        var parameter = new VoParameter
        {
            SampleRate = sampleRate,
            BitRate = bitrate,
            Channels = 1,
            Adts = 1,
        };
        result = _setParameter(encoder, new CLong(ParameterAac), &parameter).Value;
        if (result == 0)
            return encoder;
        Destroy(encoder);
        throw new ArgumentOutOfRangeException(
            nameof(sampleRate),
            sampleRate,
            $"vo-aacenc refuses {sampleRate} Hz at {bitrate} bit/s with 0x{result:X}"
        );
    }

    public void Destroy(nint encoder) => _uninit(encoder);

    /// <summary>Encodes 1024 samples; the answer is the ADTS frame's length. Neither memory may move while the encoder lives.</summary>
    public int Encode(nint encoder, ReadOnlySpan<short> frame, Span<byte> packet)
    {
        fixed (short* from = frame)
        fixed (byte* to = packet)
        {
            var input = new VoBuffer { Data = from, Length = new CULong((nuint)frame.Length * sizeof(short)) };
            var output = new VoBuffer { Data = to, Length = new CULong((nuint)packet.Length) };
            VoOutputInfo info = default;
            VectorState.Clean();
            var result = _setInput(encoder, &input).Value;
            if (result == 0)
                result = _getOutput(encoder, &output, &info).Value;
            return result == 0 ? (int)output.Length.Value : throw new InvalidOperationException($"vo-aacenc failed with 0x{result:X}");
        }
    }
}
