using System.Buffers;
using AudioRelay.Media.Codecs;

namespace AudioRelay.Streams.Export;

/// <summary>
/// Decodes a run and keeps its time: exactly the samples between the run's two ends come out, whatever single packets gave. What a decoder
/// gave too little becomes silence at the end.
/// </summary>
internal sealed class DecodedRun(ExportRun run, IAudioDecoder decoder, PcmConverter converter)
{
    private readonly long _from = run.Decoded(run.Parts[0].FromTime);
    private readonly long _until = run.Decoded(run.Parts[^1].UntilTime);
    private float[] _stretched = [];
    private long? _time;

    /// <summary>Decodes the next packet and writes what of it lies in the run.</summary>
    public void Decode(StoredPackets packet, IBufferWriter<byte> output)
    {
        _time ??= run.Decoded(packet.Time);
        var audio = decoder.Decode(packet.Current.Span);
        if (!audio.IsEmpty)
        {
            Push(audio.SampleRate == run.Sound.Rate ? audio : Stretch(audio), output);
        }
    }

    /// <summary>Writes what is missing at the end, and what the resampler holds.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        Span<float> silence = stackalloc float[1024];
        silence.Clear();
        _time ??= _from;
        while (_time < _until)
        {
            Push(new DecodedAudio(silence[..(int)Math.Min(silence.Length, _until - _time.Value)], run.Sound.Rate, 1), output);
        }

        converter.Flush(output);
    }

    private void Push(DecodedAudio audio, IBufferWriter<byte> output)
    {
        var time = _time!.Value;
        _time = time + audio.Samples;
        var first = (int)Math.Clamp(_from - time, 0, audio.Samples);
        var last = (int)Math.Clamp(_until - time, first, audio.Samples);
        if (last > first)
        {
            var heard = audio.Interleaved[(first * audio.Channels)..(last * audio.Channels)];
            converter.Push(new DecodedAudio(heard, audio.SampleRate, audio.Channels), output);
        }
    }

    // HE-AAC whose upper half comes or goes in mid-stream: such a rare frame keeps its length in time, and linear interpolation is good enough.
    private DecodedAudio Stretch(DecodedAudio audio)
    {
        var (channels, count) = (audio.Channels, (int)((long)audio.Samples * run.Sound.Rate / audio.SampleRate));
        Array.Resize(ref _stretched, count * channels);
        for (var i = 0; i < count; i++)
        {
            var at = (double)i * audio.SampleRate / run.Sound.Rate;
            var (left, part) = ((int)at, (float)(at - (int)at));
            var right = Math.Min(left + 1, audio.Samples - 1);
            for (var c = 0; c < channels; c++)
            {
                var (a, b) = (audio.Interleaved[(left * channels) + c], audio.Interleaved[(right * channels) + c]);
                _stretched[(i * channels) + c] = a + ((b - a) * part);
            }
        }

        return new DecodedAudio(_stretched, run.Sound.Rate, channels);
    }
}
