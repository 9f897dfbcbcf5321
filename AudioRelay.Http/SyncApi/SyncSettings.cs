namespace AudioRelay.Http.SyncApi;

/// <summary>Bounds of the sync API.</summary>
internal static class SyncSettings
{
    /// <summary>Segments in an answer when the client names no limit.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Segments in an answer at most, whatever the client asks; it goes on from the last one it got.</summary>
    public const int MostSegments = 1000;

    /// <summary>Bytes of sound in an answer at most; always room for one segment.</summary>
    public const long MostBytes = 8 * 1024 * 1024;

    /// <summary>Journal entries in an answer at most.</summary>
    public const int MostJournal = 1000;

    /// <summary>The longest time a request may wait for a new segment.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
}
