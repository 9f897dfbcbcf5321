namespace AudioRelay.Media.Codecs;

/// <summary>The stage from one or two channels to one: the mean of left and right. Allocates only when a frame is longer than any before.</summary>
public sealed class MonoMix
{
    /// <summary>Mixes to one channel; mono passes through untouched. Valid until the next call, or as long as the input.</summary>
    /// <param name="audio">What a decoder gave.</param>
    public ReadOnlySpan<float> Mix(DecodedAudio audio) => throw new NotSupportedException("not yet");
}
