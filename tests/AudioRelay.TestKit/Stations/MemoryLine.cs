namespace AudioRelay.TestKit.Stations;

/// <summary>A connection and what will be sent on it, one delivery at a time.</summary>
internal sealed class MemoryLine : IDisposable
{
    private readonly MemoryConnection _connection;
    private readonly IEnumerator<StationChunk> _chunks;

    public MemoryLine(MemoryConnection connection, StationDial dial, long nowUs)
    {
        _connection = connection;
        _chunks = dial.Chunks.GetEnumerator();
        Next = dial.IsRefused ? new StationChunk(nowUs, default, StationEnd.Closed) : new StationChunk(nowUs, dial.Head);
    }

    public StationChunk Next { get; private set; }

    public bool IsOver { get; private set; }

    public bool IsClosed => _connection.IsClosed;

    public async Task Step()
    {
        var chunk = Next;
        IsOver = chunk.End != StationEnd.None || !_chunks.MoveNext();
        Next = IsOver ? default : _chunks.Current;
        await _connection.Deliver(chunk.Bytes, chunk.End);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _chunks.Dispose();
    }
}
