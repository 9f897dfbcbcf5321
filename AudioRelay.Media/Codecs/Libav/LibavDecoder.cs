using System.Numerics;
using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Libav;

/// <summary>MP3 or AAC through libavcodec, decode only: the second choice, and the one for machines that have ffmpeg anyway.</summary>
internal sealed class LibavDecoder : IAudioDecoder
{
    private readonly LibavApi _api;
    private readonly bool _mono;
    private readonly CodecHandle _context;
    private readonly CodecHandle _packet;
    private readonly CodecHandle _frame;

    // The longest ADTS frame has 8191 bytes; the zeros behind the data are the padding the library wants.
    private readonly byte[] _input = PinnedBuffer.Create<byte>(8192 + LibavApi.InputPadding);
    private float[] _output = new float[2 * 2048];

    private LibavDecoder(LibavApi api, nint context, bool mono)
    {
        _api = api;
        _mono = mono;
        _context = new CodecHandle(context, api.FreeContext);
        _packet = new CodecHandle(api.AllocatePacket(), api.FreePacket);
        _frame = new CodecHandle(api.AllocateFrame(), api.FreeFrame);
    }

    public string Library => CodecLibrary.Libavcodec.Name;

    public static LibavDecoder OpenMp3(LibavApi api, bool mono) => new(api, api.OpenDecoder("mp3float\0"u8), mono);

    public static LibavDecoder OpenAac(LibavApi api, bool mono) => new(api, api.OpenDecoder("aac\0"u8), mono);

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > _input.Length - LibavApi.InputPadding)
            return DecodedAudio.Failure;
        frame.CopyTo(_input);
        _input.AsSpan(frame.Length, LibavApi.InputPadding).Clear();
        var sent = _api.Send(_context.Address, _packet.Address, _input.AsSpan(0, frame.Length));

        var filled = 0;
        var channels = 0;
        while (_api.Receive(_context.Address, _frame.Address))
        {
            if (LibavApi.SampleFormat(_frame.Address) != LibavApi.PlanarFloat)
                return DecodedAudio.Failure;
            filled = Append(_frame.Address, filled, out channels);
        }
        if (filled > 0)
            return new DecodedAudio(_output.AsSpan(0, filled), _api.SampleRate(_context.Address), channels);
        return sent < 0 ? DecodedAudio.Failure : default;
    }

    public void Dispose()
    {
        _frame.Dispose();
        _packet.Dispose();
        _context.Dispose();
    }

    private int Append(nint frame, int filled, out int channels)
    {
        var planes = LibavApi.Planes(frame);
        channels = 0;
        if (planes == 0)
            return filled;
        // More than two channels are no stereo that could be kept: they become their mean.
        channels = planes == 2 && !_mono ? 2 : 1;
        var first = LibavApi.Plane(frame, 0);
        var end = filled + (first.Length * channels);
        if (end > _output.Length)
            Array.Resize(ref _output, end);
        var target = _output.AsSpan(filled, end - filled);
        if (channels == 2)
            Interleave(first, LibavApi.Plane(frame, 1), target);
        else
            Mean(frame, planes, target);
        return end;
    }

    private static void Interleave(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> target)
    {
        for (var i = 0; i < left.Length; i++)
        {
            target[2 * i] = left[i];
            target[(2 * i) + 1] = right[i];
        }
    }

    private static void Mean(nint frame, int planes, Span<float> target)
    {
        LibavApi.Plane(frame, 0).CopyTo(target);
        for (var plane = 1; plane < planes; plane++)
            Add(LibavApi.Plane(frame, plane), target);
        if (planes > 1)
            Scale(target, 1f / planes);
    }

    private static void Add(ReadOnlySpan<float> source, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + new Vector<float>(source[i..])).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] += source[i];
    }

    private static void Scale(Span<float> target, float factor)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) * factor).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] *= factor;
    }
}
