namespace AudioRelay.Http;

/// <summary>The server cannot listen where it was told to; says why and what to do.</summary>
public sealed class ListenException(string message, Exception inner) : Exception(message, inner);
