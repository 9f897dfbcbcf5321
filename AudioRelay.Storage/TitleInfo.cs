namespace AudioRelay.Storage;

/// <summary>An ICY title and where it began.</summary>
/// <param name="SectionId">The section it began in.</param>
/// <param name="Sample">The programme sample it began at.</param>
/// <param name="UtcUs">UTC of that sample in µs, as the wall map stood when it was written.</param>
/// <param name="Text">The title.</param>
public sealed record TitleInfo(long SectionId, long Sample, long UtcUs, string Text);
