using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Matching;

/// <summary>
/// The hashes of the last frames that were recorded, as many as fill a minute, with a mark at each that was the first of a dial.
/// </summary>
internal sealed class FrameHistory
{
    private ulong[] _ring;
    private readonly Queue<long> _dialStarts = new();
    private long _total;
    private long _forgotten;

    /// <param name="capacity">Frames to remember.</param>
    public FrameHistory(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new ulong[capacity];
    }

    /// <summary>How many frames of a format fill a minute.</summary>
    public static int Minute(in FrameFormat format) => (60 * format.SampleRate / format.SamplesPerFrame) + 1;

    /// <summary>How many frames are remembered.</summary>
    public int Count => (int)Math.Min(_total - _forgotten, _ring.Length);

    /// <summary>The hash at a position, 0 being the oldest.</summary>
    public ulong this[int position] => _ring[(int)((_total - Count + position) % _ring.Length)];

    /// <summary>Remembers a frame.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="startsDial">It is the first that was kept of a dial which continued nothing.</param>
    public void Add(ulong hash, bool startsDial)
    {
        if (startsDial)
        {
            _dialStarts.Enqueue(_total);
        }

        _ring[(int)(_total % _ring.Length)] = hash;
        _total++;
        while (_dialStarts.TryPeek(out var oldest) && oldest < _total - Count)
        {
            _dialStarts.Dequeue();
        }
    }

    /// <summary>Makes room for more frames, and forgets none.</summary>
    /// <param name="capacity">Frames to remember.</param>
    public void Grow(int capacity)
    {
        if (capacity <= _ring.Length)
        {
            return;
        }

        // Positions are counted from the first frame ever, so what is kept only has to find its new place.
        var ring = new ulong[capacity];
        for (var i = 0; i < Count; i++)
        {
            ring[(int)((_total - Count + i) % capacity)] = this[i];
        }

        var kept = Count;
        _ring = ring;
        _forgotten = _total - kept;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _total = _forgotten = 0;
        _dialStarts.Clear();
    }

    /// <summary>Whether the frame at the position was the first of a dial.</summary>
    public bool StartsDial(int position) => _dialStarts.Contains(_total - Count + position);

    /// <summary>Copies the hashes out, oldest first.</summary>
    /// <param name="target">At least <see cref="Count"/> long.</param>
    public void CopyTo(Span<ulong> target)
    {
        for (var i = 0; i < Count; i++)
        {
            target[i] = this[i];
        }
    }
}
