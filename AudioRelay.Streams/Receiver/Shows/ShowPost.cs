using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>A show's place on the board: what lasts is posted at once, and how pulling goes a few times a second.</summary>
/// <remarks>A pull of a single segment is over before anybody could look, so it is not told that it began.</remarks>
/// <param name="board">The board.</param>
/// <param name="later">Arms a timer after which <see cref="Flush"/> is to be called.</param>
internal sealed class ShowPost(SyncBoard board, Func<IDisposable> later)
{
    /// <summary>How long news of pulling are held back.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private ShowSyncStatus? _waiting;
    private IDisposable? _timer;

    /// <summary>What was posted last; null before the first.</summary>
    public ShowSyncStatus? Posted { get; private set; }

    /// <summary>Something has changed.</summary>
    public void Post(ShowSyncStatus status)
    {
        if (status.State is ShowSyncState.Pulling or ShowSyncState.Queued)
        {
            _waiting = status;
            _timer ??= later();
            return;
        }

        _timer?.Dispose();
        (_timer, _waiting) = (null, null);
        Tell(status);
    }

    /// <summary>The pause is over.</summary>
    public void Flush()
    {
        _timer = null;
        if (_waiting is { } status)
        {
            _waiting = null;
            Tell(status);
        }
    }

    private void Tell(ShowSyncStatus status)
    {
        Posted = status;
        board.Post(status);
    }
}
