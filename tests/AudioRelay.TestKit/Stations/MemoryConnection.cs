namespace AudioRelay.TestKit.Stations;

/// <summary>
/// The listener's end of a connection without sockets. What the station delivers counts as consumed when the listener has read all of it
/// and asks for more: then everything that follows from it has been done, and time may go on.
/// </summary>
internal sealed class MemoryConnection(Action<MemoryConnection, RequestHead> onRequest) : Stream
{
    private readonly Lock _gate = new();
    private readonly List<byte> _request = [];
    private ReadOnlyMemory<byte> _arrived;
    private Memory<byte> _readBuffer;
    private TaskCompletionSource<int>? _read;
    private TaskCompletionSource? _consumed;
    private StationEnd _end;
    private bool _requested;

    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The station's side: completes when consumed, or when the listener has closed the connection.</summary>
    public Task Deliver(ReadOnlyMemory<byte> bytes, StationEnd end)
    {
        lock (_gate)
        {
            if (IsClosed)
            {
                return Task.CompletedTask;
            }

            _arrived = bytes;
            _end = end;
            _consumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_read is { } read)
            {
                _read = null;
                Answer(read, _readBuffer);
            }

            return _consumed.Task;
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_arrived.IsEmpty)
            {
                Answer(read, buffer);
                return new ValueTask<int>(read.Task);
            }

            if (_end != StationEnd.None || IsClosed)
            {
                Answer(read, buffer);
                return new ValueTask<int>(read.Task);
            }

            _readBuffer = buffer;
            _read = read;
            _consumed?.TrySetResult();
        }

        return Cancellable(read, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _request.AddRange(buffer);
        if (!_requested && RequestHead.IsWhole(_request.ToArray()))
        {
            _requested = true;
            onRequest(this, RequestHead.Parse(_request.ToArray()));
        }
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            IsClosed = true;
            _consumed?.TrySetResult();
            _read?.TrySetException(new IOException("The connection was closed here."));
            _read = null;
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> Cancellable(TaskCompletionSource<int> read, CancellationToken token)
    {
        await using var registration = token.Register(() =>
        {
            lock (_gate)
            {
                if (_read == read)
                {
                    _read = null;
                }
            }

            read.TrySetCanceled(token);
        });
        return await read.Task;
    }

    private void Answer(TaskCompletionSource<int> read, Memory<byte> buffer)
    {
        if (!_arrived.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _arrived.Length);
            _arrived[..count].CopyTo(buffer);
            _arrived = _arrived[count..];
            read.SetResult(count);
            return;
        }

        _consumed?.TrySetResult();
        if (_end == StationEnd.Reset)
        {
            read.SetException(new IOException("Connection reset by peer."));
        }
        else
        {
            read.SetResult(0);
        }
    }
}
