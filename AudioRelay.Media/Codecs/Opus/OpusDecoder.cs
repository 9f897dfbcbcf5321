using AudioRelay.Media.Codecs.Native;
using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Media.Codecs.Opus;

/// <summary>Opus packets to sound at 48 kHz, through libopus.</summary>
internal sealed class OpusDecoder(OpusApi api, int channels) : IAudioDecoder
{
    private readonly CodecHandle _handle = new(api.CreateDecoder(OpusEncoder.Rate, channels), api.DestroyDecoder);
    private readonly float[] _output = PinnedBuffer.Create<float>(OpusPacket.MaxSamples * channels);

    public string Library => CodecLibrary.Opus.Name;

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
            return DecodedAudio.Failure; // to libopus an empty packet is a lost one
        var samples = api.Decode(_handle.Address, frame, _output, channels);
        return samples <= 0 ? DecodedAudio.Failure : new DecodedAudio(_output.AsSpan(0, samples * channels), OpusEncoder.Rate, channels);
    }

    public void Dispose() => _handle.Dispose();
}
