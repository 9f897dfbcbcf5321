namespace AudioRelay.Streams.Sync.Wire;

/// <summary>The versions of the segment stream, as in its header.</summary>
public enum WireVersion
{
    /// <summary>The predecessor's, byte for byte: the CRC covers what follows the header, a record has 40 bytes before its data.</summary>
    One = 1,

    /// <summary>Between our own: the CRC covers the first 12 bytes of the header too, a record has 72 bytes (the 40, then SHA-256).</summary>
    Two = 2,
}
