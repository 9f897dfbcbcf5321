using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Libav;

/// <summary>
/// The functions of libavcodec (and of the libavutil of the same release) that decoding needs, and the few structure offsets: those
/// that are the same in every release from FFmpeg 4.3 (avcodec 58) to 9.0 (avcodec 63).
/// </summary>
internal sealed unsafe class LibavApi
{
    internal const int PlanarFloat = 8;
    internal const int InputPadding = 64;

    private const int FrameSamplesOffset = 112;
    private const int FrameFormatOffset = 116;
    private const int PacketDataOffset = 24;
    private const int PacketSizeOffset = 32;
    private const int MaximumPlanes = 8;

    // avcodec's major version and the avutil that belongs to it.
    private static readonly (int Codec, int Util)[] Releases = [(63, 61), (62, 60), (61, 59), (60, 58), (59, 57), (58, 56)];

    private static readonly NativeNames Names = new(
        [.. Releases.Select(r => $"libavcodec.so.{r.Codec}")],
        [.. Releases.Select(r => $"libavcodec.{r.Codec}.dylib")],
        [.. Releases.Select(r => $"avcodec-{r.Codec}.dll")]
    );

    private static readonly Lazy<NativeApi<LibavApi>> Loaded = new(() => NativeApi<LibavApi>.Load(Names, m => new LibavApi(m)));

    private readonly delegate* unmanaged[Cdecl]<byte*, nint> _findDecoder;
    private readonly delegate* unmanaged[Cdecl]<nint, nint> _allocContext;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, nint, int> _open;
    private readonly delegate* unmanaged[Cdecl]<nint*, void> _freeContext;
    private readonly delegate* unmanaged[Cdecl]<nint> _allocPacket;
    private readonly delegate* unmanaged[Cdecl]<nint*, void> _freePacket;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, int> _sendPacket;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, int> _receiveFrame;
    private readonly delegate* unmanaged[Cdecl]<nint> _allocFrame;
    private readonly delegate* unmanaged[Cdecl]<nint*, void> _freeFrame;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int, long*, int> _getOption;

    private LibavApi(NativeModule codec)
    {
        if (sizeof(nint) != 8)
            throw new NotSupportedException("libavcodec is used in 64-bit processes only");
        var version = ((delegate* unmanaged[Cdecl]<uint>)codec.Function("avcodec_version"))();
        Version = $"{version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}";
        var util = LoadUtil((int)(version >> 16));

        _findDecoder = (delegate* unmanaged[Cdecl]<byte*, nint>)codec.Function("avcodec_find_decoder_by_name");
        _allocContext = (delegate* unmanaged[Cdecl]<nint, nint>)codec.Function("avcodec_alloc_context3");
        _open = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)codec.Function("avcodec_open2");
        _freeContext = (delegate* unmanaged[Cdecl]<nint*, void>)codec.Function("avcodec_free_context");
        _allocPacket = (delegate* unmanaged[Cdecl]<nint>)codec.Function("av_packet_alloc");
        _freePacket = (delegate* unmanaged[Cdecl]<nint*, void>)codec.Function("av_packet_free");
        _sendPacket = (delegate* unmanaged[Cdecl]<nint, nint, int>)codec.Function("avcodec_send_packet");
        _receiveFrame = (delegate* unmanaged[Cdecl]<nint, nint, int>)codec.Function("avcodec_receive_frame");
        _allocFrame = (delegate* unmanaged[Cdecl]<nint>)util.Function("av_frame_alloc");
        _freeFrame = (delegate* unmanaged[Cdecl]<nint*, void>)util.Function("av_frame_free");
        _getOption = (delegate* unmanaged[Cdecl]<nint, byte*, int, long*, int>)util.Function("av_opt_get_int");

        // Damaged streams are our daily bread and are counted; the library shall not write about each of them.
        const int quiet = -8;
        ((delegate* unmanaged[Cdecl]<int, void>)util.Function("av_log_set_level"))(quiet);
    }

    /// <summary>The library of this machine.</summary>
    public static NativeApi<LibavApi> Shared => Loaded.Value;

    /// <summary>The library's own version.</summary>
    public string Version { get; }

    /// <summary>An opened decoder context.</summary>
    /// <param name="name">The decoder's name, ending in a zero byte, in memory that does not move (a u8 literal).</param>
    public nint OpenDecoder(ReadOnlySpan<byte> name)
    {
        nint codec;
        fixed (byte* text = name)
            codec = _findDecoder(text);
        if (codec == 0)
            throw new NotSupportedException($"this libavcodec has no decoder {System.Text.Encoding.ASCII.GetString(name[..^1])}");
        var context = _allocContext(codec);
        if (context == 0)
            throw new InvalidOperationException("avcodec_alloc_context3 failed");
        var result = _open(context, codec, 0);
        if (result >= 0)
            return context;
        FreeContext(context);
        throw new NotSupportedException($"avcodec_open2 failed with {result}");
    }

    public void FreeContext(nint context) => _freeContext(&context);

    public nint AllocatePacket() => _allocPacket() is var p and not 0 ? p : throw new InvalidOperationException("av_packet_alloc failed");

    public void FreePacket(nint packet) => _freePacket(&packet);

    public nint AllocateFrame() => _allocFrame() is var f and not 0 ? f : throw new InvalidOperationException("av_frame_alloc failed");

    public void FreeFrame(nint frame) => _freeFrame(&frame);

    /// <summary>Hands one packet over. The memory must not move during the call and end in <see cref="InputPadding"/> zero bytes.</summary>
    public int Send(nint context, nint packet, ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
        {
            *(byte**)(packet + PacketDataOffset) = bytes;
            *(int*)(packet + PacketSizeOffset) = data.Length;
            VectorState.Clean();
            var result = _sendPacket(context, packet);
            *(byte**)(packet + PacketDataOffset) = null;
            *(int*)(packet + PacketSizeOffset) = 0;
            return result;
        }
    }

    /// <summary>Takes one decoded frame; false when there is none.</summary>
    public bool Receive(nint context, nint frame)
    {
        VectorState.Clean();
        return _receiveFrame(context, frame) >= 0;
    }

    public int SampleRate(nint context)
    {
        long rate = 0;
        fixed (byte* name = "ar\0"u8)
            return _getOption(context, name, 0, &rate) < 0 ? 0 : (int)rate;
    }

    public static int SampleFormat(nint frame) => *(int*)(frame + FrameFormatOffset);

    /// <summary>Channels by counting planes, which needs no knowledge of the channel layout (it changed in 5.1).</summary>
    public static int Planes(nint frame)
    {
        var count = 0;
        while (count < MaximumPlanes && ((nint*)frame)[count] != 0)
            count++;
        return count;
    }

    /// <summary>One channel of a frame.</summary>
    public static ReadOnlySpan<float> Plane(nint frame, int index) => new(((void**)frame)[index], *(int*)(frame + FrameSamplesOffset));

    private static NativeModule LoadUtil(int codecMajor)
    {
        foreach (var (codec, util) in Releases)
        {
            if (codec != codecMajor)
                continue;
            var names = new NativeNames([$"libavutil.so.{util}"], [$"libavutil.{util}.dylib"], [$"avutil-{util}.dll"]);
            return NativeModule.TryLoad(names.Here)
                ?? throw new NotSupportedException($"libavutil {util}, which libavcodec {codec} needs, is missing");
        }
        throw new NotSupportedException($"libavcodec {codecMajor} is not one of the releases that are known to work");
    }
}
