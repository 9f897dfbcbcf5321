namespace AudioRelay.Media.Containers.Mp4;

/// <summary>A stretch of the media that is heard.</summary>
internal readonly record struct M4aEdit(long MediaStart, long Samples);
