using AudioRelay.Storage;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>What broke a show's part of the capture, and how long it rests before it tries again.</summary>
internal sealed class Breakdown
{
    /// <summary>How long a broken show leaves its station's frames alone.</summary>
    public const long RestUs = 30_000_000;

    private string? _told;
    private long? _untilUs;

    /// <summary>What it was; null when it works.</summary>
    public Exception? Error { get; private set; }

    /// <summary>What it is in the list of causes; null when it works.</summary>
    public GapCause? Cause => Error is { } error ? CauseOf(error) : null;

    /// <summary>The cause that an exception is. What is neither sound nor disk is ours: for as long as it lasts, the recorder does not run.</summary>
    public static GapCause CauseOf(Exception error) =>
        error is IOException or UnauthorizedAccessException or StorageException ? GapCause.WriterFault : GapCause.NotRunning;

    /// <summary>Something broke.</summary>
    /// <returns>True when it was not told yet.</returns>
    public bool Begin(Exception error, long nowUs)
    {
        var isNews = _told != error.Message;
        (Error, _told, _untilUs) = (error, error.Message, nowUs + RestUs);
        return isNews;
    }

    /// <summary>Whether frames shall pass by still.</summary>
    public bool Rests(long nowUs) => _untilUs is { } until && nowUs < until;

    /// <summary>Tries again with the next frame.</summary>
    public void TryAgain() => _untilUs = null;

    /// <summary>A segment came out: it works.</summary>
    public void Recovered() => (Error, _told, _untilUs) = (null, null, null);
}
