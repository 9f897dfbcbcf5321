namespace AudioRelay.Streams.Export;

/// <summary>Why there is no such file.</summary>
/// <param name="Cause">The kind of reason.</param>
/// <param name="Detail">The reason, for a person.</param>
public sealed record ExportRefusal(ExportRefusalCause Cause, string Detail);
