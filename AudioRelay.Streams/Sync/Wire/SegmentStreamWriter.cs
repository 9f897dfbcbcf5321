using AudioRelay.Storage;

namespace AudioRelay.Streams.Sync.Wire;

/// <summary>Writes a batch while its segments are read, so that sound goes from the store's memory into the answer in one copy.</summary>
/// <remarks>
/// A list of segments first was a new array for each, which the collector moved while the batch grew: a segment of 12 kB took a recorder 16 µs of
/// CPU and takes 11 (docs/benchmarks.md).
/// </remarks>
public sealed class SegmentStreamWriter : IDisposable
{
    private byte[] _buffer;
    private int _length = SegmentStream.HeaderLength;
    private uint _count;

    /// <param name="version">The version it is written in.</param>
    /// <param name="expected">Bytes that it will come to, more or less: the buffer grows.</param>
    public SegmentStreamWriter(WireVersion version, int expected) =>
        (Version, _buffer) = (version, AnswerBuffers.Rent(Math.Max(expected, SegmentStream.HeaderLength)));

    /// <summary>The version it is written in.</summary>
    public WireVersion Version { get; }

    /// <summary>The newest segment; 0 before the first.</summary>
    public long LastId { get; private set; }

    /// <summary>Adds a segment.</summary>
    /// <param name="info">What is told of it.</param>
    /// <param name="sound">Its bytes.</param>
    public void Append(SegmentInfo info, ReadOnlySpan<byte> sound)
    {
        var end = checked(_length + SegmentStream.Overhead(Version) + sound.Length);
        if (end > _buffer.Length)
        {
            var larger = AnswerBuffers.Rent(Math.Max(end, 2 * _buffer.Length));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            AnswerBuffers.Return(_buffer);
            _buffer = larger;
        }

        SegmentStream.WriteRecord(_buffer.AsSpan(_length), Version, info, sound);
        (_length, LastId) = (end, info.Id);
        _count++;
    }

    /// <summary>The whole batch, valid until something is added or the writer is disposed of.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        SegmentStream.WriteHeader(_buffer.AsSpan(0, _length), Version, _count);
        return _buffer.AsMemory(0, _length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, []) is { Length: > 0 } mine)
        {
            AnswerBuffers.Return(mine);
        }
    }
}
