namespace AudioRelay.Media.Codecs;

/// <summary>Turns whole compressed frames into sound. Used by one thread at a time, any thread.</summary>
public interface IAudioDecoder : IDisposable
{
    /// <summary>The library that decodes, for status and logs ("mpg123", "faad", "libavcodec").</summary>
    string Library { get; }

    /// <summary>
    /// Decodes one whole frame. The answer is valid until the next call. It may be empty while the decoder
    /// still needs a further frame, and it is <see cref="DecodedAudio.Failed"/> when the frame was refused.
    /// </summary>
    /// <param name="frame">One whole frame with its header, as <c>FrameSplitter</c> gives it.</param>
    DecodedAudio Decode(ReadOnlySpan<byte> frame);
}
