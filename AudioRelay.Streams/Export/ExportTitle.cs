namespace AudioRelay.Streams.Export;

/// <summary>A title in a file, and the sample of what is heard at which it begins.</summary>
internal readonly record struct ExportTitle(long Sample, string Text);
