using System.Buffers;
using System.Runtime.InteropServices;

namespace AudioRelay.Streams.Capture.Matching;

/// <summary>Frames that wait until it is known whether they are new.</summary>
internal sealed class FrameBuffer : IDisposable
{
    private const int FirstRent = 64 * 1024;

    private readonly List<ulong> _hashes = [];
    private readonly List<(int Start, int Length, long ArrivedUs)> _frames = [];
    private byte[] _bytes = [];

    /// <summary>How many there are.</summary>
    public int Count => _frames.Count;

    /// <summary>Their bytes together.</summary>
    public int Bytes { get; private set; }

    /// <summary>Their hashes, in order.</summary>
    public ReadOnlySpan<ulong> Hashes => CollectionsMarshal.AsSpan(_hashes);

    /// <summary>The bytes of a frame.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_frames[index].Start, _frames[index].Length);

    /// <summary>When a frame arrived.</summary>
    public long ArrivedUs(int index) => _frames[index].ArrivedUs;

    /// <summary>Keeps a frame.</summary>
    public void Add(ReadOnlySpan<byte> frame, ulong hash, long arrivedUs)
    {
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
        Bytes = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    public void Dispose() => Clear();

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
