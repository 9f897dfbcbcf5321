namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>Whether a recorder is there, for a show's actor that is restarted and was not told.</summary>
internal sealed class RemotePresence
{
    private volatile bool _isThere;
    private volatile SyncTrouble? _trouble;

    /// <summary>True when its last answer was one of a recorder.</summary>
    public bool IsThere => _isThere;

    /// <summary>Why it is not; null while it has not been asked.</summary>
    public SyncTrouble? Trouble => _trouble;

    /// <summary>It has answered.</summary>
    public void There() => (_isThere, _trouble) = (true, null);

    /// <summary>It has not.</summary>
    public void Away(SyncTrouble trouble) => (_isThere, _trouble) = (false, trouble);
}
