using System.Net.Http.Headers;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>The body of an answer in a pooled buffer.</summary>
internal sealed class RecorderAnswer(byte[] buffer, int length, MediaTypeHeaderValue? type) : IDisposable
{
    private byte[]? _buffer = buffer;

    /// <summary>The SHA-256 that it should have, as a header; null when it names none.</summary>
    public string? Digest { get; init; }

    /// <summary>The question that it answers; null when it names none.</summary>
    public string? Question { get; init; }

    /// <summary>What it is said to be.</summary>
    public MediaTypeHeaderValue? Type => type;

    /// <summary>The body; nobody's any more once this is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes => (_buffer ?? throw new ObjectDisposedException(nameof(RecorderAnswer))).AsMemory(0, length);

    /// <summary>An answer of version 2 to another question leaves something out.</summary>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public void Demand(string question)
    {
        if (Question != question)
        {
            throw new InvalidDataException($"the answer is to another question: asked were {question}");
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } mine)
        {
            AnswerBuffers.Return(mine);
        }
    }
}
