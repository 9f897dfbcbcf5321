namespace AudioRelay.Storage;

/// <summary>What the configuration says a show's store holds; compared with what the file says.</summary>
/// <param name="Name">The show's name.</param>
/// <param name="AudioFormat"><c>opus</c>, <c>aac</c>, <c>wav</c> or <c>copy</c>.</param>
/// <param name="Bitrate">Kilobits per second; 0 for wav and copy.</param>
/// <param name="SampleRate">The stored rate where it is fixed (Opus 48000, AAC 16000), else 0.</param>
public sealed record ShowSettings(string Name, string AudioFormat, int Bitrate, int SampleRate);
