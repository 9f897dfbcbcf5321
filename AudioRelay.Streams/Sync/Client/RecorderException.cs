namespace AudioRelay.Streams.Sync.Client;

/// <summary>A recorder did not answer as it should. The text is for people, names the address without user info, and says what to do.</summary>
public sealed class RecorderException : Exception
{
    /// <summary>Creates it.</summary>
    public RecorderException(RecorderFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public RecorderFault Fault { get; }
}
