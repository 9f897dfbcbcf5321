namespace AudioRelay.Streams.Export.Files;

/// <summary>An export could not be written to its file: the disk is full, or the folder cannot be written. Nothing of it is left.</summary>
/// <param name="message">What a person should know.</param>
/// <param name="inner">What the system said.</param>
public sealed class ExportDiskException(string message, Exception inner) : IOException(message, inner);
