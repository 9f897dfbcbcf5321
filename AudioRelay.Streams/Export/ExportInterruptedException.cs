namespace AudioRelay.Streams.Export;

/// <summary>Sound that was there when an export began is there no more: retention took it. The file cannot be finished.</summary>
/// <param name="message">Which.</param>
public sealed class ExportInterruptedException(string message) : IOException(message);
