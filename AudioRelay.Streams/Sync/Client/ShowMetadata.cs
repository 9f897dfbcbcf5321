namespace AudioRelay.Streams.Sync.Client;

/// <summary>What a recorder says about a show; texts where the protocol has texts.</summary>
/// <param name="UniqueId">The identity of its store.</param>
/// <param name="Name">The show's name.</param>
/// <param name="AudioFormat"><c>opus</c>, <c>aac</c>, <c>wav</c> or <c>copy</c>.</param>
/// <param name="Bitrate">Kilobits per second.</param>
/// <param name="SampleRate">Samples per second.</param>
/// <param name="Version">The schema version; must be <c>4</c>.</param>
/// <param name="IsRecipient">True for a store that itself is filled by sync; such are not offered.</param>
/// <param name="MinId">Its oldest segment; 0 when it has none.</param>
/// <param name="MaxId">Its newest segment; 0 when it has none.</param>
/// <param name="JournalSeq">Its newest journal entry; null from a version 1 recorder, which has no journal.</param>
/// <param name="TargetSeconds">The length that its segments aim at, 1 to 60; null from a recorder that does not tell.</param>
public sealed record ShowMetadata(
    string UniqueId,
    string Name,
    string AudioFormat,
    string Bitrate,
    string SampleRate,
    string Version,
    bool IsRecipient,
    long MinId,
    long MaxId,
    long? JournalSeq,
    int? TargetSeconds = null
);
