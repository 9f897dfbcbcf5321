namespace AudioRelay.Http.Events;

/// <summary>One of the things an event stream tells of, with the next of it awaited; a stream has several and sends whichever comes first.</summary>
/// <param name="frames">Server-sent events as text, or null for something that need not be told.</param>
internal sealed class EventSource(IAsyncEnumerator<string?> frames) : IAsyncDisposable
{
    /// <summary>The next of it; false when there will be none.</summary>
    public Task<bool> Next { get; private set; } = frames.MoveNextAsync().AsTask();

    /// <summary>What <see cref="Next"/> has brought; then it is awaited again.</summary>
    public async Task<string?> Take()
    {
        if (!await Next)
        {
            throw new InvalidOperationException("An event source ends only when it is cancelled.");
        }

        var frame = frames.Current;
        Next = frames.MoveNextAsync().AsTask();
        return frame;
    }

    /// <summary>To be called when what it follows has been cancelled: an iterator may not be disposed of while it waits.</summary>
    public async ValueTask DisposeAsync()
    {
        await Next.ContinueWith(
            static _ => { },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        await frames.DisposeAsync();
    }
}
