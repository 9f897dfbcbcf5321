namespace AudioRelay.Media.Codecs;

/// <summary>
/// Guard 2: nothing unsound leaves a decoder. Every sample is finite and within ±4, the rate is 8000…96000 and there
/// are one or two channels; a frame that breaks this becomes silence of its length and is counted, and three of them,
/// or five refused frames, in a row close and reopen the decoder. A rate counts as changed when two frames say so. It keeps time as well: once the length of a frame
/// is known, every frame handed in gives that many samples, by silence where the decoder gave none.
/// </summary>
public sealed class GuardedDecoder : IAudioDecoder
{
    private const float Limit = 4f;
    private const int LowestRate = 8000;
    private const int HighestRate = 96000;
    private const int UnsoundInARow = 3;
    private const int RefusedInARow = 5;

    // Before the first sound the length of a frame is not known: this many silent frames are made up for when it is.
    private const int MostFramesOwed = 16;

    private readonly Func<IAudioDecoder> _open;
    private IAudioDecoder _decoder;
    private float[] _silence = [];
    private int _frameSamples;
    private int _rate;
    private int _newRate;
    private int _channels;
    private int _owed;
    private int _unsound;
    private int _refused;

    /// <summary>Opens a decoder and stands guard over it.</summary>
    /// <param name="open">Opens a fresh decoder, at once and after each failure.</param>
    public GuardedDecoder(Func<IAudioDecoder> open)
    {
        _open = open;
        _decoder = open();
    }

    /// <inheritdoc/>
    public string Library => _decoder.Library;

    /// <summary>Frames whose sound was replaced by silence, because it was unsound or refused.</summary>
    public long BadFrames { get; private set; }

    /// <summary>How many times the decoder was closed and opened again.</summary>
    public long Reopened { get; private set; }

    /// <inheritdoc/>
    public DecodedAudio Decode(ReadOnlySpan<byte> frame)
    {
        var audio = _decoder.Decode(frame);
        if (audio.Failed)
            return Refuse();
        if (audio.IsEmpty)
            return Silence();
        if (!IsSound(audio))
            return Replace();

        _unsound = 0;
        _refused = 0;
        if (!IsRateConfirmed(audio.SampleRate))
        {
            BadFrames++;
            return Silence();
        }
        _rate = audio.SampleRate;
        _channels = audio.Channels;
        _frameSamples = audio.Samples;
        return _owed == 0 ? audio : MakeUp(audio);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private static bool IsSound(DecodedAudio audio) =>
        audio.SampleRate is >= LowestRate and <= HighestRate && audio.Channels is 1 or 2 && SampleMath.AllWithin(audio.Interleaved, Limit);

    /// <summary>
    /// A damaged HE-AAC frame may come out without its upper half, at half the rate. One frame does not make a new rate, which
    /// would end a section or restart a resampler; two do.
    /// </summary>
    private bool IsRateConfirmed(int rate)
    {
        var confirmed = _rate == 0 || rate == _rate || rate == _newRate;
        _newRate = confirmed ? 0 : rate;
        return confirmed;
    }

    private DecodedAudio Refuse()
    {
        BadFrames++;
        if (++_refused >= RefusedInARow)
            Reopen();
        return Silence();
    }

    private DecodedAudio Replace()
    {
        BadFrames++;
        if (++_unsound >= UnsoundInARow)
            Reopen();
        return Silence();
    }

    private void Reopen()
    {
        _unsound = 0;
        _refused = 0;
        Reopened++;
        _decoder.Dispose();
        _decoder = _open();
    }

    /// <summary>One frame of silence, or a note that one is owed when nobody knows yet how long that is.</summary>
    private DecodedAudio Silence()
    {
        if (_frameSamples == 0)
        {
            _owed = Math.Min(_owed + 1, MostFramesOwed);
            return default;
        }
        var length = _frameSamples * _channels;
        if (_silence.Length < length)
            _silence = new float[length];
        return new DecodedAudio(_silence.AsSpan(0, length), _rate, _channels);
    }

    private DecodedAudio MakeUp(DecodedAudio audio)
    {
        var lead = _owed * audio.Interleaved.Length;
        _owed = 0;
        var joined = new float[lead + audio.Interleaved.Length];
        audio.Interleaved.CopyTo(joined.AsSpan(lead));
        return new DecodedAudio(joined, audio.SampleRate, audio.Channels);
    }
}
