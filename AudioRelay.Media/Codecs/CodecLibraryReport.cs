namespace AudioRelay.Media.Codecs;

/// <summary>What a probe found of one library.</summary>
/// <param name="Library">The library.</param>
/// <param name="Found">It loaded and has every function that is used.</param>
/// <param name="Version">Its own version, as it says it; null when it says none.</param>
/// <param name="File">The name it was loaded by.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
public sealed record CodecLibraryReport(CodecLibrary Library, bool Found, string? Version, string? File, string? Problem);
