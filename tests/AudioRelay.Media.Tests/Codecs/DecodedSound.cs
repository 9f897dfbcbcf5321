using AudioRelay.Media.Codecs;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>Everything a decoder gave for a run of frames.</summary>
internal sealed class DecodedSound
{
    public List<float> Samples { get; } = [];

    /// <summary>Rate, channels and samples of each frame's answer (0 where it gave none).</summary>
    public List<(int Rate, int Channels, int Samples)> Frames { get; } = [];

    public static DecodedSound Of(IAudioDecoder decoder, IEnumerable<byte[]> frames)
    {
        var sound = new DecodedSound();
        foreach (var frame in frames)
            sound.Add(decoder.Decode(frame));
        return sound;
    }

    public void Add(DecodedAudio audio)
    {
        Samples.AddRange(audio.Interleaved);
        Frames.Add((audio.SampleRate, audio.Channels, audio.Samples));
    }
}
