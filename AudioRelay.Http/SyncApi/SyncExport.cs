namespace AudioRelay.Http.SyncApi;

/// <summary>The answer of the sync seed's export; the last three are ours.</summary>
/// <param name="FilePath">The file, below the recorder's data directory.</param>
/// <param name="SectionId">The section.</param>
/// <param name="Format">What is in the file: the stored codec, or what was asked for.</param>
/// <param name="DurationSeconds">How long the sound is.</param>
/// <param name="DownloadUrl">Where to fetch it for a day, relative to this answer's own URL, so that it holds behind a proxy too.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Complete">False while the section is still recorded: the file reaches as far as it had come.</param>
internal sealed record SyncExport(
    string FilePath,
    long SectionId,
    string Format,
    double DurationSeconds,
    string DownloadUrl,
    long Bytes,
    bool Complete
);
