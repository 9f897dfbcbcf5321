namespace AudioRelay.Storage.Journal;

/// <summary>A section begins. Its start anchor follows in the same batch, then its first segment.</summary>
/// <param name="Section">The new section's id.</param>
/// <param name="Codec"><c>opus</c>, <c>aac</c>, <c>wav</c> or <c>mp3</c>.</param>
/// <param name="Rate">Programme samples per second.</param>
/// <param name="Channels">Channels in the blobs.</param>
/// <param name="EncoderDelay">Samples of encoder delay before sample 0 of the chain.</param>
/// <param name="FrameSamples">Samples per codec frame.</param>
/// <param name="Continues">The section it continues.</param>
/// <param name="ChainSamples">Programme samples of the chain before it.</param>
public sealed record SectionOpened(
    long Section,
    string Codec,
    int Rate,
    int Channels,
    int EncoderDelay,
    int FrameSamples,
    long? Continues = null,
    long ChainSamples = 0
) : JournalBody;
