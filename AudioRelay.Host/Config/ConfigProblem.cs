using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config;

/// <summary>Something about a configuration file that a person should know, and where it stands.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Position">The place in it; null when it is about the file as a whole.</param>
/// <param name="Message">What is wrong and what was meant. Never a secret.</param>
internal sealed record ConfigProblem(string File, TomlPosition? Position, string Message)
{
    public override string ToString() => Position is { } at ? $"{File}:{at}: {Message}" : $"{File}: {Message}";
}
