using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Reading;

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class Diagnostics(string file)
{
    private readonly List<ConfigProblem> errors = [];
    private readonly List<ConfigProblem> notes = [];

    public string File { get; } = file;

    public IReadOnlyList<ConfigProblem> Notes => notes;

    public void Error(TomlPosition? position, string message) => errors.Add(new(File, position, message));

    public void Note(TomlPosition? position, string message) => notes.Add(new(File, position, message));

    /// <exception cref="ConfigException">There were errors; they are in the order of the file.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new ConfigException([.. errors.OrderBy(e => e.Position?.Line ?? 0).ThenBy(e => e.Position?.Column ?? 0)]);
        }
    }
}
