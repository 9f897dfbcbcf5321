namespace AudioRelay.Streams.Export;

/// <summary>A file ready to be written, or why there is none.</summary>
/// <param name="File">The file.</param>
/// <param name="Refusal">The reason.</param>
public sealed record ExportAnswer(ExportFile? File, ExportRefusal? Refusal);
