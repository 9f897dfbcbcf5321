using AudioRelay.Host.Config;

namespace AudioRelay.Host.Tests.Config;

/// <summary>A home folder of its own for one test, with an environment that is empty but for what the test puts there.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("audiorelay-config-");

    public Dictionary<string, string> Variables { get; } = [];

    public string Home => home.FullName;

    public HostEnvironment Environment =>
        new()
        {
            Variable = name => Variables.GetValueOrDefault(name),
            Home = Home,
            WorkingDirectory = Home,
        };

    public string Write(string name, string text)
    {
        var path = Path.Combine(Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public RecordConfig Record(string text)
    {
        Write("record.toml", text);
        return ConfigFiles.LoadRecord("record.toml", Environment).Value;
    }

    public ReceiverConfig Receiver(string text)
    {
        Write("receiver.toml", text);
        return ConfigFiles.LoadReceiver("receiver.toml", Environment).Value;
    }

    public string[] RecordErrors(string text) => Errors(() => Record(text));

    public string[] ReceiverErrors(string text) => Errors(() => Receiver(text));

    public void Dispose() => home.Delete(recursive: true);

    private static string[] Errors(Action load) => [.. Assert.Throws<ConfigException>(load).Problems.Select(problem => problem.ToString())];
}
