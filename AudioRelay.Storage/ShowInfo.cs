namespace AudioRelay.Storage;

/// <summary>What a store says about the show it keeps. The text values are the predecessor's metadata, as they stand in the file.</summary>
/// <param name="UniqueId">The identity of this store; the name is only a label.</param>
/// <param name="Name">The show's name.</param>
/// <param name="AudioFormat"><c>opus</c>, <c>aac</c>, <c>wav</c> or <c>copy</c>.</param>
/// <param name="Bitrate">Kilobits per second as text; <c>0</c> for wav and copy.</param>
/// <param name="SampleRate">The stored rate as text; <c>0</c> until the first section of a wav or copy show tells it.</param>
/// <param name="Version">The predecessor's schema version, <c>4</c>.</param>
/// <param name="IsRecipient">True for a store that is filled by sync and must not be recorded to.</param>
/// <param name="MinId">The oldest segment that can be fetched; null when there is none.</param>
/// <param name="MaxId">The newest segment that can be fetched; null when there is none.</param>
/// <param name="JournalSeq">The newest journal entry; 0 when there is none.</param>
public sealed record ShowInfo(
    string UniqueId,
    string Name,
    string AudioFormat,
    string Bitrate,
    string SampleRate,
    string Version,
    bool IsRecipient,
    long? MinId,
    long? MaxId,
    long JournalSeq
)
{
    /// <summary>
    /// Up to when what was wanted and kept is known, UTC µs; null for a store that is recorded to, which knows until now. What lies after it
    /// is neither there nor missing yet: on a receiver what the recorder has not told, or what has not been pulled.
    /// </summary>
    public long? KnownUntilUs { get; init; }

    /// <summary>
    /// The length in seconds that the recorder's configuration lets segments aim at, as a received store was told it; null where nobody has
    /// said it: in a recorder's own file, and from a source that does not tell.
    /// </summary>
    public int? TargetSeconds { get; init; }
}
