namespace AudioRelay.Media.Icy;

/// <summary>Takes the two things an ICY stream consists of, in the order in which they were sent.</summary>
public interface IIcySink
{
    /// <summary>Bytes of the sound.</summary>
    /// <param name="audio">One piece, of any size; valid during the call only.</param>
    void OnAudio(ReadOnlySpan<byte> audio);

    /// <summary>A whole metadata block, with its zero padding and without its length byte. Empty blocks are not reported.</summary>
    /// <param name="block">16 to 4080 bytes; valid during the call only.</param>
    void OnMetadata(ReadOnlySpan<byte> block);
}
