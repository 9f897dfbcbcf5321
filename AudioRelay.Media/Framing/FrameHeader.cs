namespace AudioRelay.Media.Framing;

/// <summary>A frame header that was read and found valid: the format, and how long the frame is.</summary>
/// <param name="Format">What the header says of the sound.</param>
/// <param name="Length">Bytes of the whole frame, header included.</param>
public readonly record struct FrameHeader(FrameFormat Format, int Length)
{
    /// <summary>The most bytes that <see cref="TryRead"/> needs to decide.</summary>
    public const int MaxSize = AdtsHeader.Size;

    /// <summary>The longest frame that any header can announce.</summary>
    public const int MaxFrameLength = AdtsHeader.MaxFrameLength;

    /// <summary>Reads the MP3 or ADTS header at the start of the bytes. The two cannot be mistaken for each other: ADTS has layer 0.</summary>
    /// <param name="bytes">The bytes, at least <see cref="MaxSize"/> unless the stream ends before.</param>
    /// <param name="header">The header, when it is one.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header) =>
        Mp3Header.TryRead(bytes, out header) || AdtsHeader.TryRead(bytes, out header);

    /// <summary>
    /// Whether a frame with the other header may follow in the same run: version, layer and rate, or profile, rate and channels are the
    /// same. An MP3 may go from stereo to mono without losing sync, although its format changes.
    /// </summary>
    /// <param name="other">The header that follows.</param>
    public bool IsKinOf(in FrameHeader other) =>
        Format.Variant == other.Format.Variant
        && Format.SampleRate == other.Format.SampleRate
        && (Format.Codec == SourceCodec.Mp3 || Format.Channels == other.Format.Channels);
}
