namespace AudioRelay.Media.Codecs;

/// <summary>What the encoders with a fixed frame have in common: filling frames, the clamp, and the count that makes the end exact.</summary>
internal abstract class FrameEncoder : IAudioEncoder
{
    private readonly float[] _frame;
    private int _filled;
    private long _fed;
    private long _emitted;
    private bool _ended;

    protected FrameEncoder(int sampleRate, int frameSamples, int delay)
    {
        SampleRate = sampleRate;
        FrameSamples = frameSamples;
        Delay = delay;
        _frame = new float[frameSamples];
    }

    public int SampleRate { get; }

    public int FrameSamples { get; }

    public int Delay { get; }

    public void Encode(ReadOnlySpan<float> mono, IPacketSink sink)
    {
        if (_ended)
            throw new InvalidOperationException("The sound was ended by Flush; a new encoder is needed.");
        _fed += mono.Length;
        while (!mono.IsEmpty)
        {
            var count = Math.Min(mono.Length, FrameSamples - _filled);
            SampleMath.Clamp(mono[..count], _frame.AsSpan(_filled));
            mono = mono[count..];
            _filled += count;
            if (_filled == FrameSamples)
                Emit(sink);
        }
    }

    public int Flush(IPacketSink sink)
    {
        if (_ended || _fed == 0)
        {
            _ended = true;
            return 0;
        }
        _ended = true;
        while (_emitted < _fed + Delay)
        {
            _frame.AsSpan(_filled).Clear();
            Emit(sink);
        }
        return (int)(_emitted - _fed - Delay);
    }

    public abstract void Dispose();

    /// <summary>Encodes one whole frame; the answer is valid until the next call.</summary>
    protected abstract ReadOnlySpan<byte> EncodeFrame(ReadOnlySpan<float> frame);

    private void Emit(IPacketSink sink)
    {
        _filled = 0;
        _emitted += FrameSamples;
        sink.OnPacket(EncodeFrame(_frame), FrameSamples);
    }
}
