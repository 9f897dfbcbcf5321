namespace AudioRelay.Host.Config;

/// <summary>The configuration cannot be used. Carries every reason at once, so that nobody mends a file one error at a time.</summary>
internal sealed class ConfigException(IReadOnlyList<ConfigProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public ConfigException(string file, string message)
        : this([new ConfigProblem(file, null, message)]) { }

    public IReadOnlyList<ConfigProblem> Problems { get; } = problems;
}
