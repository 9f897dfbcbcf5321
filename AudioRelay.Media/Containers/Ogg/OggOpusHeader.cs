namespace AudioRelay.Media.Containers.Ogg;

/// <summary>What the two header packets of an Ogg Opus stream say.</summary>
/// <param name="PreSkip">Samples at 48 kHz to drop at the start: the encoder's delay, and the pre-roll of a clip.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="InputSampleRate">The source's rate; informational.</param>
/// <param name="Serial">The logical stream's number.</param>
/// <param name="Comments">Comments (<c>TITLE</c>, <c>ARTIST</c>, <c>DATE</c>, …).</param>
public sealed record OggOpusHeader(
    int PreSkip,
    int Channels = 1,
    int InputSampleRate = 48000,
    uint Serial = 1,
    IReadOnlyList<KeyValuePair<string, string>>? Comments = null
);
