namespace AudioRelay.Streams.Capture.Stations;

/// <summary>The connections that are wanted, and the one of them that is live.</summary>
internal sealed class ConnectionSet
{
    private readonly List<StationConnection> _all = [];
    private long _skippedBefore;

    /// <summary>The one whose frames are recorded as they come.</summary>
    public StationConnection? Live { get; set; }

    public int Count => _all.Count;

    public StationConnection this[int index] => _all[index];

    /// <summary>Bytes that were no audio, on all there ever were.</summary>
    public long SkippedBytes => _skippedBefore + _all.Sum(c => c.SkippedBytes);

    /// <summary>Whether another than the live one has sent frames that nobody has judged yet.</summary>
    public bool IsDeciding
    {
        get
        {
            foreach (var connection in _all)
            {
                if (connection != Live && connection.Waiting.Count > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Add(StationConnection connection) => _all.Add(connection);

    public bool Contains(StationConnection connection) => _all.Contains(connection);

    // No lambda: this is asked with every read.
    public StationConnection? Find(int id)
    {
        foreach (var connection in _all)
        {
            if (connection.Id == id)
            {
                return connection;
            }
        }

        return null;
    }

    public void Drop(StationConnection connection)
    {
        _skippedBefore += connection.SkippedBytes;
        _all.Remove(connection);
        connection.Dispose();
    }

    /// <summary>None but the live one is wanted any more.</summary>
    public void DropOthers()
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i] != Live)
            {
                Drop(_all[i]);
            }
        }
    }
}
