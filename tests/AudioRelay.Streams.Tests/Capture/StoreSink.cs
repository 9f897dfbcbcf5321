using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>A real store behind a capture, written inline: a simulation does not wait for threads.</summary>
internal sealed class StoreSink(ShowStore store) : ISegmentSink
{
    public GapCause? Trouble => null;

    public long Committed { get; private set; }

    public bool TryAccept(StoreBatch batch)
    {
        store.Commit(batch);
        Committed++;
        return true;
    }
}
