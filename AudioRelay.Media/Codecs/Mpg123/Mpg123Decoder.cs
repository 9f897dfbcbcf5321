using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Mpg123;

/// <summary>MPEG audio through libmpg123, which is fed whole frames and decodes each of them at once.</summary>
internal sealed class Mpg123Decoder : IAudioDecoder
{
    private const int ParameterFlags = 1;
    private const int ParameterResyncLimit = 14;
    private const int ParameterIndexSize = 15;

    private const int FlagMonoMix = 0x4;
    private const int FlagQuiet = 0x20;
    private const int FlagIgnoreStreamLength = 0x1000;
    private const int FlagSkipId3 = 0x2000;
    private const int FlagIgnoreInfoFrame = 0x4000;
    private const int FlagNoPeekEnd = 0x20000;

    // Whole frames are fed, so the first one need not wait for a second to be believed (1.26 and later; ignored before).
    private const int FlagNoReadAhead = 0x400000;

    private const int Mono = 1;
    private const int MonoOrStereo = 3;
    private const int EncodingFloat32 = 0x200;

    private static readonly int[] Rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000];

    private readonly Mpg123Api _api;
    private readonly CodecHandle _handle;

    // Two frames: a decoder without read-ahead switch gives the first one together with the second at a change of format.
    private readonly float[] _output = PinnedBuffer.Create<float>(2 * 2 * 1152);
    private int _rate;
    private int _channels;

    public Mpg123Decoder(Mpg123Api api, bool mono)
    {
        _api = api;
        _handle = new CodecHandle(api.New(), api.Delete);
        var handle = _handle.Address;
        var flags =
            FlagQuiet
            | FlagIgnoreStreamLength
            | FlagSkipId3
            | FlagIgnoreInfoFrame
            | FlagNoPeekEnd
            | FlagNoReadAhead
            | (mono ? FlagMonoMix : 0);
        api.SetParameter(handle, ParameterFlags, flags);
        api.SetParameter(handle, ParameterResyncLimit, -1);
        api.SetParameter(handle, ParameterIndexSize, 0);
        api.AllowNoFormat(handle);
        foreach (var rate in Rates)
            api.AllowFormat(handle, rate, mono ? Mono : MonoOrStereo, EncodingFloat32);
        api.OpenFeed(handle);
    }

    public string Library => CodecLibrary.Mpg123.Name;

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        var handle = _handle.Address;
        var filled = 0;
        var input = frame;
        while (filled < _output.Length)
        {
            var result = _api.Decode(handle, input, _output.AsSpan(filled), out var written);
            input = default;
            filled += written;
            if (result == Mpg123Api.NewFormat)
            {
                // What was decoded in this call before the change belongs to the old format, and the guard fills its time.
                filled = 0;
                if (!_api.TryGetFormat(handle, out _rate, out _channels))
                    return DecodedAudio.Failure;
            }
            else if (result != Mpg123Api.Ok || written == 0)
            {
                return Finish(filled, result);
            }
        }
        return Finish(filled, Mpg123Api.Ok);
    }

    public void Dispose() => _handle.Dispose();

    private DecodedAudio Finish(int filled, int result)
    {
        if (filled > 0 && _channels > 0)
            return new DecodedAudio(_output.AsSpan(0, filled), _rate, _channels);
        return result is Mpg123Api.NeedMore or Mpg123Api.Ok ? default : DecodedAudio.Failure;
    }
}
