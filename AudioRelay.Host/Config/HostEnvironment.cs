using AudioRelay.Http.Security.Redaction;

namespace AudioRelay.Host.Config;

/// <summary>What the process was started in: passed in, so that tests bring their own.</summary>
internal sealed record HostEnvironment
{
    /// <summary>An environment variable, null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Knows the secrets that this process was given, and keeps them out of what it says.</summary>
    public Redactor Secrets { get; } = new();

    public static HostEnvironment OfThisProcess() =>
        new()
        {
            Variable = Environment.GetEnvironmentVariable,
            Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            WorkingDirectory = Environment.CurrentDirectory,
        };

    /// <summary>An absolute path: a leading <c>~/</c> is the home folder, the rest is relative to the working directory.</summary>
    public string FullPath(string path) =>
        path == "~" ? Home
        : path.StartsWith("~/", StringComparison.Ordinal) ? Path.GetFullPath(path[2..], Home)
        : Path.GetFullPath(path, WorkingDirectory);

    /// <summary>The value of a variable, null also when it is set to nothing.</summary>
    public string? NonEmpty(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
