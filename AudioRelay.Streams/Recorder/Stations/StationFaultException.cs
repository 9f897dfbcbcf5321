namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>A fault of our own code while a station was being recorded: its actor is restarted.</summary>
public sealed class StationFaultException(string message, Exception inner) : Exception($"{message} {inner.Message}", inner);
