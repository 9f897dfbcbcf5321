using System.Buffers;
using System.Net.Http.Headers;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>The body of an answer in a pooled buffer.</summary>
internal sealed class RecorderAnswer(byte[] buffer, int length, MediaTypeHeaderValue? type) : IDisposable
{
    private byte[]? _buffer = buffer;

    /// <summary>What it is said to be.</summary>
    public MediaTypeHeaderValue? Type => type;

    /// <summary>The body; nobody's any more once this is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes => (_buffer ?? throw new ObjectDisposedException(nameof(RecorderAnswer))).AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } mine)
        {
            ArrayPool<byte>.Shared.Return(mine);
        }
    }
}
