using System.Buffers;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Codecs.Resampling;
using AudioRelay.Media.Codecs.Wav;

namespace AudioRelay.Streams.Export;

/// <summary>Brings decoded sound to the rate and channels of a WAV file and writes it. One for each run: the filters begin anew after a hole.</summary>
internal sealed class PcmConverter(int inputRate, int outputRate, int channels)
{
    private readonly MonoMix _mono = new();
    private readonly Resampler[] _resamplers = [.. Enumerable.Range(0, channels).Select(_ => new Resampler(inputRate, outputRate))];
    private float[] _channel = [];
    private float[] _interleaved = [];

    /// <summary>Writes what comes out of the resampler for this sound.</summary>
    /// <param name="audio">Any rate is taken for the input rate; one or two channels become as many as the file has.</param>
    /// <param name="output">Where the bytes go.</param>
    public void Push(DecodedAudio audio, IBufferWriter<byte> output)
    {
        if (channels == 1)
        {
            Pcm.Write(output, _resamplers[0].Process(_mono.Mix(audio)));
            return;
        }

        if (inputRate == outputRate && audio.Channels == 2)
        {
            Pcm.Write(output, audio.Interleaved);
            return;
        }

        Grow(ref _channel, audio.Samples);
        var written = 0;
        for (var c = 0; c < channels; c++)
        {
            Take(audio, Math.Min(c, audio.Channels - 1), _channel);
            written = Place(_resamplers[c].Process(_channel.AsSpan(0, audio.Samples)), c);
        }

        Pcm.Write(output, _interleaved.AsSpan(0, written));
    }

    /// <summary>Writes what the resampler still holds.</summary>
    /// <param name="output">Where the bytes go.</param>
    public void Flush(IBufferWriter<byte> output)
    {
        var written = 0;
        for (var c = 0; c < channels; c++)
        {
            written = Place(_resamplers[c].Flush(), c);
        }

        Pcm.Write(output, _interleaved.AsSpan(0, written));
    }

    private static void Take(DecodedAudio audio, int channel, Span<float> target)
    {
        for (var i = 0; i < audio.Samples; i++)
        {
            target[i] = audio.Interleaved[(i * audio.Channels) + channel];
        }
    }

    private int Place(ReadOnlySpan<float> samples, int channel)
    {
        Grow(ref _interleaved, samples.Length * channels);
        for (var i = 0; i < samples.Length; i++)
        {
            _interleaved[(i * channels) + channel] = samples[i];
        }

        return samples.Length * channels;
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            Array.Resize(ref buffer, length); // the other channel's samples are kept
        }
    }
}
