using AudioRelay.Media.Codecs;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>A decoder whose answers are written down: the frame's first byte says which.</summary>
internal sealed class ScriptedDecoder : IAudioDecoder
{
    public const byte Good = 1;
    public const byte NotANumber = 2;
    public const byte Huge = 3;
    public const byte Refused = 4;
    public const byte Nothing = 5;
    public const byte NoRate = 6;
    public const byte EightChannels = 7;
    public const byte Infinite = 8;
    public const byte OtherRate = 9;
    public const byte ThirdRate = 10;
    public const int Samples = 1024;

    public string Library => "script";

    public bool IsDisposed { get; private set; }

    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        Assert.False(IsDisposed);
        var sound = new float[2 * Samples];
        Array.Fill(sound, 0.5f);
        switch (frame[0])
        {
            case NotANumber:
                // One bad sample in the last place, where no vector may be whole.
                sound[^1] = float.NaN;
                break;
            case Infinite:
                sound[0] = float.NegativeInfinity;
                break;
            case Huge:
                sound[1000] = -4.1f;
                break;
            case Refused:
                return DecodedAudio.Failure;
            case Nothing:
                return default;
            case NoRate:
                return new DecodedAudio(sound, 0, 2);
            case OtherRate:
                return new DecodedAudio(sound.AsSpan(Samples), 22050, 2);
            case ThirdRate:
                return new DecodedAudio(sound, 48000, 2);
            case EightChannels:
                return new DecodedAudio(sound, 44100, 8);
        }
        return new DecodedAudio(sound, 44100, 2);
    }

    public void Dispose() => IsDisposed = true;
}
