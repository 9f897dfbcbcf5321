namespace AudioRelay.Streams.Capture;

/// <summary>The file behind a show's spool. Never fsynced: it survives the death of the process, not of the machine.</summary>
public interface ISpoolFile
{
    /// <summary>Adds bytes at the end.</summary>
    /// <param name="bytes">Whole records.</param>
    /// <exception cref="IOException">It could not be written; the capture goes on without it.</exception>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Puts these bytes in the place of everything that was there, atomically.</summary>
    /// <param name="bytes">Whole records; empty to begin anew.</param>
    /// <exception cref="IOException">It could not be written; the capture goes on without it.</exception>
    void Replace(ReadOnlySpan<byte> bytes);

    /// <summary>Puts these bytes in the place of everything but the newest bytes, atomically.</summary>
    /// <param name="head">Whole records.</param>
    /// <param name="keep">How many of the newest bytes stay, behind the head.</param>
    /// <exception cref="IOException">It could not be written; the capture goes on without it.</exception>
    void Trim(ReadOnlySpan<byte> head, long keep);
}
