namespace AudioRelay.Media.Codecs;

/// <summary>Takes the packets of an encoder.</summary>
public interface IPacketSink
{
    /// <summary>One packet: an Opus packet, an ADTS frame, or s16le samples. The bytes are valid during the call only.</summary>
    /// <param name="packet">The encoded bytes.</param>
    /// <param name="samples">How many samples at the encoder's rate the packet decodes to.</param>
    void OnPacket(ReadOnlySpan<byte> packet, int samples);
}
