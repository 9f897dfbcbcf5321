namespace AudioRelay.Streams.Recorder;

/// <summary>The recorder cannot start: every reason, one for each show that has one.</summary>
public sealed class RecorderStartException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>One line for each show that cannot be recorded.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
