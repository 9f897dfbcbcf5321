namespace AudioRelay.Storage.Receiving;

/// <summary>What a recorder says about a show it offers, and under what name it is kept here.</summary>
/// <param name="Name">The show's name here: unique in this receiver, ignoring case. As it is shown; may be any text.</param>
/// <param name="Remote">The recorder's name in the configuration.</param>
/// <param name="SourceName">The show's name at the recorder.</param>
/// <param name="UniqueId">The identity of the recorder's store.</param>
/// <param name="AudioFormat"><c>opus</c>, <c>aac</c>, <c>wav</c> or <c>copy</c>.</param>
/// <param name="Bitrate">Kilobits per second as text, as the recorder writes it.</param>
/// <param name="SampleRate">The stored rate as text; <c>0</c> while nobody knows it.</param>
/// <param name="TargetSeconds">The length that its segments aim at; null when the recorder does not tell (the predecessor).</param>
public sealed record SourceShow(
    string Name,
    string Remote,
    string SourceName,
    string UniqueId,
    string AudioFormat,
    string Bitrate,
    string SampleRate,
    int? TargetSeconds = null
);
