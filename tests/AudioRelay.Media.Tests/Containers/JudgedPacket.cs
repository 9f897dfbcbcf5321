namespace AudioRelay.Media.Tests.Containers;

/// <summary>A packet as ffprobe sees it, times in the track's own ticks. ffprobe 5.1 tells no duration of Opus in fragments.</summary>
internal sealed record JudgedPacket(long Pts, long? Duration, int Size, string Flags);
