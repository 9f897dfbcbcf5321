namespace AudioRelay.Media.Codecs;

/// <summary>
/// Guard 2: nothing unsound leaves a decoder. Every sample is finite and within ±4, the rate is 8000…96000 and there
/// are one or two channels; a frame that breaks this becomes silence of its length and is counted, and three of them,
/// or five refused frames, in a row close and reopen the decoder. It keeps time as well: once the length of a frame
/// is known, every frame handed in gives that many samples, by silence where the decoder gave none.
/// </summary>
public sealed class GuardedDecoder : IAudioDecoder
{
    private readonly Func<IAudioDecoder> _open;

    /// <summary>Opens a decoder and stands guard over it.</summary>
    /// <param name="open">Opens a fresh decoder, at once and after each failure.</param>
    public GuardedDecoder(Func<IAudioDecoder> open) => _open = open;

    /// <inheritdoc/>
    public string Library => throw new NotSupportedException("not yet");

    /// <summary>Frames whose sound was replaced by silence, because it was unsound or refused.</summary>
    public long BadFrames { get; private set; }

    /// <summary>How many times the decoder was closed and opened again.</summary>
    public long Reopened { get; private set; }

    /// <inheritdoc/>
    public DecodedAudio Decode(ReadOnlySpan<byte> frame) => throw new NotSupportedException("not yet");

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException("not yet");
}
