using AudioRelay.Media.Codecs;
using AudioRelay.Media.Codecs.Resampling;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>Decode (guarded) → mono → resample → encode.</summary>
internal sealed class Transcoder : ISoundChain
{
    private const int AacRate = 16_000;

    private readonly GuardedDecoder _decoder;
    private readonly MonoMix _mono = new();
    private readonly StoredFormat _target;
    private Resampler? _resampler;
    private IAudioEncoder? _encoder;
    private long _skipSamples;
    private int _skipRate;

    public Transcoder(FrameFormat source, ShowCaptureOptions options, CodecCatalog codecs)
    {
        _target = options.Format;
        _decoder = codecs.OpenDecoder(source.Codec, options.Decoder);
        try
        {
            _encoder = options.Format switch
            {
                StoredFormat.Opus => codecs.OpenOpusEncoder(options.Bitrate > 0 ? options.Bitrate : 16_000, options.Complexity),
                StoredFormat.Aac => codecs.OpenAacEncoder(options.Bitrate > 0 ? options.Bitrate : 32_000, AacRate),
                _ => null, // PCM has the source's rate, which only the decoder knows
            };
        }
        catch (MissingLibraryException)
        {
            _decoder.Dispose();
            throw;
        }
    }

    public string Codec =>
        _target switch
        {
            StoredFormat.Opus => "opus",
            StoredFormat.Aac => "aac",
            _ => "wav",
        };

    public int Rate => _encoder?.SampleRate ?? 0;

    public int Channels => 1;

    public int EncoderDelay => _encoder?.Delay ?? 0;

    public int FrameSamples => _encoder?.FrameSamples ?? 1;

    public bool Feed(ReadOnlySpan<byte> frame, IPacketSink sink)
    {
        var audio = _decoder.Decode(frame);
        if (audio.IsEmpty)
        {
            return true; // held back; the guard makes up for it when the length of a frame is known
        }

        if (_resampler?.InputRate != audio.SampleRate)
        {
            if (_resampler is not null && _target == StoredFormat.Wav)
            {
                return false;
            }

            ChangeRate(audio.SampleRate, sink);
        }

        Push(_mono.Mix(audio), sink);
        return true;
    }

    public void Warm(ReadOnlySpan<byte> frame) => _decoder.Decode(frame);

    public void Skip(long samples, int rate)
    {
        _skipSamples = samples;
        _skipRate = rate;
    }

    public int Flush(IPacketSink sink)
    {
        if (_encoder is null)
        {
            return 0;
        }

        if (_resampler is not null)
        {
            _encoder.Encode(_resampler.Flush(), sink);
        }

        return _encoder.Flush(sink);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _encoder?.Dispose();
    }

    private void ChangeRate(int rate, IPacketSink sink)
    {
        _encoder ??= CodecCatalog.OpenWavEncoder(rate);
        if (_resampler is not null)
        {
            // What the filter still holds belongs in front of the new rate; the encoder just goes on.
            _encoder.Encode(_resampler.Flush(), sink);
        }

        _resampler = new Resampler(rate, _encoder.SampleRate);
    }

    private void Push(ReadOnlySpan<float> mono, IPacketSink sink)
    {
        if (_skipSamples > 0)
        {
            var wanted = ((_skipSamples * _resampler!.InputRate) + (_skipRate / 2)) / _skipRate;
            var skipped = (int)Math.Min(wanted, mono.Length);
            mono = mono[skipped..];
            _skipSamples = skipped == wanted ? 0 : ((wanted - skipped) * _skipRate) / _resampler.InputRate;
        }

        if (!mono.IsEmpty)
        {
            _encoder!.Encode(_resampler!.Process(mono), sink);
        }
    }
}
