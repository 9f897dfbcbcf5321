using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Segments as they came, over a buffer that is given back when the batch is disposed of.</summary>
/// <param name="segments">The segments; their data point into the buffer.</param>
/// <param name="version">Whether they carry the hashes of their recording.</param>
/// <param name="bytes">Size of the answer.</param>
/// <param name="release">Gives the buffer back; null when it needs no giving back.</param>
public sealed class SegmentBatch(IReadOnlyList<WireSegment> segments, WireVersion version, long bytes, Action? release = null) : IDisposable
{
    private Action? _release = release;

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<WireSegment> Segments => segments;

    /// <summary>Whether they carry the hashes of their recording.</summary>
    public WireVersion Version => version;

    /// <summary>Size of the answer in bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Gives the buffer back, once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
