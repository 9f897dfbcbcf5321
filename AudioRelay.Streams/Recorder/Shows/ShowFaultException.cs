namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>A show cannot go on as it is: its actor is restarted.</summary>
public sealed class ShowFaultException(string message, Exception inner) : Exception($"{message} {inner.Message}", inner);
