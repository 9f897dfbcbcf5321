namespace AudioRelay.Media.Containers.Mp4;

/// <summary>Tags of an exported file; null ones are left out.</summary>
/// <param name="Title">©nam.</param>
/// <param name="Artist">©ART: the station or show.</param>
/// <param name="Date">©day, as ISO 8601 text.</param>
/// <param name="Comment">©cmt.</param>
public sealed record M4aTags(string? Title = null, string? Artist = null, string? Date = null, string? Comment = null);
