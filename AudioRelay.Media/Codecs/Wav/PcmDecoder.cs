using System.Buffers.Binary;

namespace AudioRelay.Media.Codecs.Wav;

/// <summary>s16le samples to floats, so that PCM can be treated as any other codec. Each value comes back the same from <see cref="Pcm"/>.</summary>
internal sealed class PcmDecoder(int sampleRate, int channels) : IAudioDecoder
{
    private float[] _output = [];

    public string Library => "none";

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        var samples = frame.Length / 2;
        if (_output.Length < samples)
            _output = new float[samples];
        for (var i = 0; i < samples; i++)
            _output[i] = BinaryPrimitives.ReadInt16LittleEndian(frame[(2 * i)..]) / SampleMath.S16Scale;
        return new DecodedAudio(_output.AsSpan(0, samples), sampleRate, channels);
    }

    public void Dispose()
    {
        // Nothing native is held.
    }
}
