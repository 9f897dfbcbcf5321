using System.Buffers;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>
/// A segment's bytes during the second look at which something happens: the first is at their hash, the second is the COPY's, so it happens in the
/// middle of the write. Looking is synchronous, so the write stands still until it has happened.
/// </summary>
internal sealed class WatchedBytes(ReadOnlyMemory<byte> bytes, Func<Task> act) : MemoryManager<byte>
{
    private readonly byte[] _bytes = bytes.ToArray();
    private int _looks;

    /// <summary>The batch with something happening while a segment of it is written.</summary>
    public static PulledBatch In(PulledBatch batch, int index, Func<Task> act)
    {
        var segments = batch.Segments.ToArray();
        segments[index] = segments[index] with { Data = new WatchedBytes(segments[index].Data, act).Memory };
        return batch with { Segments = segments };
    }

    public override Memory<byte> Memory => CreateMemory(0, _bytes.Length);

    public override Span<byte> GetSpan()
    {
        if (++_looks == 2)
        {
            Task.Run(act).GetAwaiter().GetResult();
        }

        return _bytes;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("Nobody pins it.");

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
