namespace AudioRelay.Streams.Export;

/// <summary>A title in a file, and where of what is heard it begins.</summary>
/// <param name="Sample">The sample; of use where all parts have one rate.</param>
/// <param name="At">The same as a time, whatever the rates.</param>
/// <param name="Text">The title.</param>
internal readonly record struct ExportTitle(long Sample, TimeSpan At, string Text);
