using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Faad;

/// <summary>AAC-LC and HE-AAC v1/v2 in ADTS through libfaad2. The first frame only warms it up and gives nothing.</summary>
internal sealed class FaadDecoder(FaadApi api) : IAudioDecoder
{
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

        var samples = api.Decode(_handle!.Address, frame, out var info);
        if (info.Error != 0)
            return DecodedAudio.Failure;
        return samples.IsEmpty ? default : new DecodedAudio(samples, (int)info.SampleRate.Value, info.Channels);
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
