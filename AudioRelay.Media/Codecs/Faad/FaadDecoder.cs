using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Faad;

/// <summary>AAC-LC and HE-AAC v1/v2 in ADTS through libfaad2. The first frame only warms it up and gives nothing.</summary>
internal sealed class FaadDecoder(FaadApi api) : IAudioDecoder
{
    // Two channels of a frame with SBR; a stream with more channels than can be mixed to two is refused by the library.
    private readonly float[] _output = PinnedBuffer.Create<float>(2 * 2048);
    private CodecHandle? _handle;
    private uint _key;

    public string Library => CodecLibrary.Faad.Name;

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 7)
            return DecodedAudio.Failure;
        var key = AdtsKey(frame);
        if (_handle is null || key != _key)
        {
            // faad does not follow a change of profile, rate or channels: it gets a fresh start.
            Close();
            if (!TryOpen(frame))
                return DecodedAudio.Failure;
            _key = key;
        }

        var samples = api.Decode(_handle!.Address, frame, _output, out var info);
        if (info.Error != 0 || samples > _output.Length)
            return DecodedAudio.Failure;
        return samples == 0 ? default : new DecodedAudio(_output.AsSpan(0, samples), (int)info.SampleRate.Value, info.Channels);
    }

    public void Dispose() => Close();

    private bool TryOpen(ReadOnlySpan<byte> frame)
    {
        var handle = new CodecHandle(api.Open(), api.Close);
        if (!api.Init(handle.Address, frame))
        {
            handle.Dispose();
            return false;
        }
        _handle = handle;
        return true;
    }

    private void Close()
    {
        _handle?.Dispose();
        _handle = null;
    }

    // Profile, rate and channels of an ADTS header, without the private bit between them.
    private static uint AdtsKey(ReadOnlySpan<byte> frame) => (uint)(((frame[2] & 0xFD) << 2) | (frame[3] >> 6));
}
