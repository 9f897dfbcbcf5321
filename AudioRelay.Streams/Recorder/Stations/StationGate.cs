using AudioRelay.Storage;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>Lets one thread at a time into a station's capture: the pumps of its connections and its actor.</summary>
/// <remarks>
/// Sound never passes through a mailbox: the pump that has read it feeds it here, inline. A 4 KB chunk is about 1 ms of work, so nobody
/// waits long. The gate also remembers who listens, so that a restarted actor begins with the same shows.
/// </remarks>
internal sealed class StationGate(StationCaptureOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<StationListener> _listeners = [];
    private int _connections;
    private StationCapture _capture = new(options);

    /// <summary>The shows that listen. For the actor only, which alone adds and removes them.</summary>
    public IReadOnlyList<StationListener> Listeners => _listeners;

    /// <summary>Whether any show listens. From anywhere.</summary>
    public bool HasListeners
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count > 0;
            }
        }
    }

    /// <summary>A number for a new connection, never used twice; not even after a restart of the actor. For the actor only.</summary>
    public int NextConnection() => ++_connections;

    /// <summary>Does something with the capture while nobody else does.</summary>
    public TResult With<TResult>(Func<StationCapture, TResult> use)
    {
        lock (_lock)
        {
            return use(_capture);
        }
    }

    /// <inheritdoc cref="With{TResult}"/>
    public void With(Action<StationCapture> use)
    {
        lock (_lock)
        {
            use(_capture);
        }
    }

    /// <summary>Bytes of a connection. The one place through which sound enters.</summary>
    public void Feed(int connection, ReadOnlySpan<byte> bytes, long arrivedAtUs)
    {
        lock (_lock)
        {
            _capture.Feed(connection, bytes, arrivedAtUs);
        }
    }

    /// <summary>A show listens from now on.</summary>
    /// <returns>False when it did already.</returns>
    public bool Attach(StationListener listener, Moment now)
    {
        lock (_lock)
        {
            if (_listeners.Exists(l => l.Show == listener.Show))
            {
                return false;
            }

            _listeners.Add(listener);
            _capture.Attach(listener.Show, now);
            return true;
        }
    }

    /// <summary>A show does not listen any more; its section is flushed and ended.</summary>
    public void Detach(ShowCapture show, EndCause cause, Moment now)
    {
        lock (_lock)
        {
            if (_listeners.RemoveAll(l => l.Show == show) > 0)
            {
                _capture.Detach(show, cause, now);
            }
        }
    }

    /// <summary>After a fault of ours: ends every section and begins with a new capture and the same shows.</summary>
    public void BeginAnew(Moment now)
    {
        lock (_lock)
        {
            var failed = _capture;
            _capture = new StationCapture(options);
            foreach (var listener in _listeners.ToArray())
            {
                try
                {
                    // Of the closed list it is this: for as long as the fault lasted, the recorder did not run.
                    failed.Detach(listener.Show, EndCause.NotRunning, now);
                }
                catch (Exception error)
                {
                    // It cannot even be flushed. Kept, its next fault would silence all shows of the station again, and so on for good.
                    _listeners.Remove(listener);
                    listener.Failed(error);
                    continue;
                }

                _capture.Attach(listener.Show, now);
            }
        }
    }
}
