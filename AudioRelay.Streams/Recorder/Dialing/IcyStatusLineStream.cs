namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Rewrites the status line <c>ICY 200 OK</c> of old Shoutcast servers to <c>HTTP/1.0 200 OK</c>; every other byte passes untouched.</summary>
/// <remarks>
/// <see cref="HttpClient"/> refuses that line. The filter sits above TLS (<see cref="SocketsHttpHandler.PlaintextStreamFilter"/>), so it
/// works for both schemes, and saves us a second HTTP client.
/// </remarks>
internal sealed class IcyStatusLineStream(Stream inner) : Stream
{
    private static readonly byte[] Icy = "ICY "u8.ToArray();
    private static readonly byte[] Http = "HTTP/1.0 "u8.ToArray();

    private readonly byte[] _head = new byte[4];
    private byte[] _pending = [];
    private int _pendingAt;
    private bool _decided;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // After the status line nothing stands between the reader and the connection: no state machine for each of a stream's reads.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _decided && _pendingAt == _pending.Length ? inner.ReadAsync(buffer, cancellationToken) : ReadHead(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This connection is read asynchronously only.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadHead(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_decided && buffer.Length > 0)
        {
            await Decide(cancellationToken);
        }

        if (_pendingAt < _pending.Length && buffer.Length > 0)
        {
            var count = Math.Min(buffer.Length, _pending.Length - _pendingAt);
            _pending.AsMemory(_pendingAt, count).CopyTo(buffer);
            _pendingAt += count;
            return count;
        }

        return await inner.ReadAsync(buffer, cancellationToken);
    }

    private async ValueTask Decide(CancellationToken cancellationToken)
    {
        var read = 0;
        while (read < _head.Length && _head.AsSpan(0, read).SequenceEqual(Icy.AsSpan(0, read)))
        {
            var count = await inner.ReadAsync(_head.AsMemory(read), cancellationToken);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        _pending = read == Icy.Length && _head.AsSpan().SequenceEqual(Icy) ? Http : _head[..read];
        _decided = true;
    }
}
