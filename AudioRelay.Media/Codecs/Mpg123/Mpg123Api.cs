using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Mpg123;

/// <summary>The functions of libmpg123 that are used. None of those with <c>off_t</c>: its size depends on how the library was built.</summary>
internal sealed unsafe class Mpg123Api
{
    internal const int Ok = 0;
    internal const int NeedMore = -10;
    internal const int NewFormat = -11;
    internal const int Done = -12;

    private static readonly NativeNames Names = new(
        ["libmpg123.so.0"],
        ["libmpg123.0.dylib", "libmpg123.dylib"],
        ["libmpg123-0.dll", "mpg123.dll"]
    );

    private static readonly Lazy<NativeApi<Mpg123Api>> Loaded = new(() => NativeApi<Mpg123Api>.Load(Names, m => new Mpg123Api(m)));

    private readonly delegate* unmanaged[Cdecl]<byte*, int*, nint> _new;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _delete;
    private readonly delegate* unmanaged[Cdecl]<nint, int, CLong, double, int> _param;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _formatNone;
    private readonly delegate* unmanaged[Cdecl]<nint, CLong, int, int, int> _format;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _openFeed;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint*, int> _decode;
    private readonly delegate* unmanaged[Cdecl]<nint, CLong*, int*, int*, int> _getFormat;

    private Mpg123Api(NativeModule module)
    {
        _new = (delegate* unmanaged[Cdecl]<byte*, int*, nint>)module.Function("mpg123_new");
        _delete = (delegate* unmanaged[Cdecl]<nint, void>)module.Function("mpg123_delete");
        _param = (delegate* unmanaged[Cdecl]<nint, int, CLong, double, int>)module.Function("mpg123_param");
        _formatNone = (delegate* unmanaged[Cdecl]<nint, int>)module.Function("mpg123_format_none");
        _format = (delegate* unmanaged[Cdecl]<nint, CLong, int, int, int>)module.Function("mpg123_format");
        _openFeed = (delegate* unmanaged[Cdecl]<nint, int>)module.Function("mpg123_open_feed");
        _decode = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint*, int>)module.Function("mpg123_decode");
        _getFormat = (delegate* unmanaged[Cdecl]<nint, CLong*, int*, int*, int>)module.Function("mpg123_getformat");
        Version = ReadVersion(module);
        // Needed by versions before 1.27, harmless and cheap in later ones. The static Lazy calls it once.
        ((delegate* unmanaged[Cdecl]<int>)module.Function("mpg123_init"))();
    }

    /// <summary>The library of this machine.</summary>
    public static NativeApi<Mpg123Api> Shared => Loaded.Value;

    /// <summary>The library's own version; null before 1.31, which has no function to ask.</summary>
    public string? Version { get; }

    /// <summary>A new decoder with the best instruction set of this machine.</summary>
    public nint New()
    {
        int error;
        var handle = _new(null, &error);
        return handle != 0 ? handle : throw new InvalidOperationException($"mpg123_new failed with {error}");
    }

    public void Delete(nint handle) => _delete(handle);

    public int SetParameter(nint handle, int parameter, long value) => _param(handle, parameter, new CLong((nint)value), 0);

    public int AllowNoFormat(nint handle) => _formatNone(handle);

    public int AllowFormat(nint handle, int rate, int channels, int encoding) => _format(handle, new CLong(rate), channels, encoding);

    public int OpenFeed(nint handle) => _openFeed(handle);

    /// <summary>Hands input over and takes what is decoded; both may be empty.</summary>
    public int Decode(nint handle, ReadOnlySpan<byte> input, Span<float> output, out int written)
    {
        nuint bytes = 0;
        int result;
        VectorState.Clean();
        fixed (byte* from = input)
        fixed (float* to = output)
            result = _decode(handle, from, (nuint)input.Length, (byte*)to, (nuint)output.Length * sizeof(float), &bytes);
        written = (int)(bytes / sizeof(float));
        return result;
    }

    public bool TryGetFormat(nint handle, out int rate, out int channels)
    {
        CLong longRate;
        int count,
            encoding;
        var result = _getFormat(handle, &longRate, &count, &encoding);
        rate = (int)longRate.Value;
        channels = count;
        return result == Ok;
    }

    private static string? ReadVersion(NativeModule module)
    {
        var ask = (delegate* unmanaged[Cdecl]<uint*, uint*, uint*, byte*>)module.OptionalFunction("mpg123_distversion");
        return ask is null ? null : Marshal.PtrToStringUTF8((nint)ask(null, null, null));
    }
}
