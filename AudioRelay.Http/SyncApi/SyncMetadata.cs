using System.Text.Json.Serialization;

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
)
{
    /// <summary>The length that its segments aim at; told to clients of version 2 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TargetSeconds { get; init; }
}
