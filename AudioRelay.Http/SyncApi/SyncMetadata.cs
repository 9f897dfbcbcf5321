namespace AudioRelay.Http.SyncApi;

/// <summary>The answer to <c>…/metadata</c>; numbers are texts where the predecessor's are.</summary>
internal sealed record SyncMetadata(
    string UniqueId,
    string Name,
    string AudioFormat,
    string Bitrate,
    string SampleRate,
    string Version,
    bool IsRecipient,
    long MinId,
    long MaxId,
    long JournalSeq
);
