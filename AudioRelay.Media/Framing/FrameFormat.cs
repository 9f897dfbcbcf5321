namespace AudioRelay.Media.Framing;

/// <summary>
/// What a frame's header says of its sound. Two frames with equal formats belong to one run of sound; a frame with another format
/// is how a change in mid-stream shows.
/// </summary>
/// <param name="Codec">The codec.</param>
/// <param name="Variant">MPEG version, or AAC object type.</param>
/// <param name="SampleRate">Samples per second as in the header: for HE-AAC that is the core's rate, half of what is heard.</param>
/// <param name="Channels">Channels as in the header; 0 when an AAC stream describes its channels inside the frame.</param>
/// <param name="SamplesPerFrame">Samples at <paramref name="SampleRate"/>; frames × this ÷ rate is exact media time, with SBR too.</param>
public readonly record struct FrameFormat(SourceCodec Codec, FrameVariant Variant, int SampleRate, int Channels, int SamplesPerFrame);
