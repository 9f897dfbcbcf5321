namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>A station could not be dialled.</summary>
public sealed class DialException : Exception
{
    /// <param name="fault">The phase that failed.</param>
    /// <param name="detail">One line for a person: what was seen, for example <c>404 Not Found</c>.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public DialException(DialFault fault, string detail, Exception? inner = null)
        : base(detail, inner) => Fault = fault;

    /// <summary>The phase that failed.</summary>
    public DialFault Fault { get; }
}
