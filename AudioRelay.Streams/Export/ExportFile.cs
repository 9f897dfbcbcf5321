using System.IO.Pipelines;

namespace AudioRelay.Streams.Export;

/// <summary>A file that is written when it is asked for, as a stream: no more than a second or two of it is ever held.</summary>
/// <param name="Name">The name to save it under.</param>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Length">Its bytes, when they are known before it is written.</param>
/// <param name="Duration">How long the sound is.</param>
/// <param name="Write">Writes it; flushes as it goes, so that a slow taker holds it back.</param>
public sealed record ExportFile(
    string Name,
    string MediaType,
    long? Length,
    TimeSpan Duration,
    Func<PipeWriter, CancellationToken, Task> Write
);
