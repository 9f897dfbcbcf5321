using System.Buffers;
using System.Runtime.InteropServices;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Matching;

/// <summary>Frames that wait until it is known whether they are new.</summary>
internal sealed class FrameBuffer : IDisposable
{
    private const int FirstRent = 64 * 1024;

    private readonly List<ulong> _hashes = [];
    private readonly List<long> _endsUs = [];
    private readonly List<(int Start, int Length, long ArrivedUs)> _frames = [];
    private readonly List<(int First, FrameFormat Format)> _stretches = [];
    private byte[] _bytes = [];
    private long _stretchStartUs;
    private long _stretchSamples;

    /// <summary>How many there are.</summary>
    public int Count => _frames.Count;

    /// <summary>Their bytes together.</summary>
    public int Bytes { get; private set; }

    /// <summary>Their hashes, in order.</summary>
    public ReadOnlySpan<ulong> Hashes => CollectionsMarshal.AsSpan(_hashes);

    /// <summary>Media time from the first frame's beginning to the end of each.</summary>
    public ReadOnlySpan<long> EndsUs => CollectionsMarshal.AsSpan(_endsUs);

    /// <summary>Media time of them all.</summary>
    public long EndUs => _endsUs.Count == 0 ? 0 : _endsUs[^1];

    /// <summary>The bytes of a frame.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_frames[index].Start, _frames[index].Length);

    /// <summary>When a frame arrived.</summary>
    public long ArrivedUs(int index) => _frames[index].ArrivedUs;

    /// <summary>What a frame is.</summary>
    public FrameFormat Format(int index) => _stretches[Stretch(index)].Format;

    /// <summary>Where the frames begin that are of one format with this one and have no other between.</summary>
    public int StretchStart(int index) => _stretches[Stretch(index)].First;

    /// <summary>Media time at a frame's beginning.</summary>
    public long StartUs(int index) => index == 0 ? 0 : _endsUs[index - 1];

    /// <summary>Keeps a frame.</summary>
    public void Add(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, long arrivedUs)
    {
        if (_stretches.Count == 0 || _stretches[^1].Format != format)
        {
            _stretches.Add((Count, format));
            _stretchStartUs = EndUs;
            _stretchSamples = 0;
        }

        _stretchSamples += format.SamplesPerFrame;
        _endsUs.Add(_stretchStartUs + (_stretchSamples * 1_000_000 / format.SampleRate));
        if (Bytes + frame.Length > _bytes.Length)
        {
            Grow(Bytes + frame.Length);
        }

        frame.CopyTo(_bytes.AsSpan(Bytes));
        _frames.Add((Bytes, frame.Length, arrivedUs));
        _hashes.Add(hash);
        Bytes += frame.Length;
    }

    /// <summary>Forgets them all and gives the memory back.</summary>
    public void Clear()
    {
        _frames.Clear();
        _hashes.Clear();
        _endsUs.Clear();
        _stretches.Clear();
        _frames.TrimExcess();
        _hashes.TrimExcess();
        _endsUs.TrimExcess();
        Bytes = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    public void Dispose() => Clear();

    private int Stretch(int index)
    {
        var stretch = _stretches.Count - 1;
        while (_stretches[stretch].First > index)
        {
            stretch--;
        }

        return stretch;
    }

    private void Grow(int wanted)
    {
        var bigger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstRent, Math.Max(wanted, _bytes.Length * 2)));
        _bytes.AsSpan(0, Bytes).CopyTo(bigger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = bigger;
    }
}
