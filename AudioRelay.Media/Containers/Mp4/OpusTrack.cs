namespace AudioRelay.Media.Containers.Mp4;

/// <summary>What the init segment of an Opus rendition declares.</summary>
/// <param name="PreSkip">What the encoder really delayed, in samples at 48 kHz (players drop exactly this many at the start).</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="InputSampleRate">The source's rate; informational.</param>
public sealed record OpusTrack(int PreSkip, int Channels = 1, int InputSampleRate = 48000);
