namespace AudioRelay.Actors.Supervision;

/// <summary>A parent fails because it cannot go on without a child that failed.</summary>
public sealed class EscalatedException(string path, string why, Exception fault)
    : Exception($"{path} failed, {why}: {fault.Message}", fault)
{
    /// <summary>The child.</summary>
    public string Path { get; } = path;
}
