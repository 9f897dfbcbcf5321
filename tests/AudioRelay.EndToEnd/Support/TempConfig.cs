using System.Globalization;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A home folder with a record configuration and the recordings; any port.</summary>
internal sealed class TempConfig : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _output;

    /// <param name="shows">What is recorded.</param>
    /// <param name="output">Where the databases are; a folder inside unless given.</param>
    /// <param name="top">Further lines at the file's top.</param>
    public TempConfig(IEnumerable<ShowLines> shows, string? output = null, string top = "")
    {
        _output = output;
        Write(shows, top);
    }

    /// <summary>A schedule whose window is not now: for <see cref="ShowLines.More"/>.</summary>
    public static string NotNow
    {
        get
        {
            var later = TimeProvider.System.GetUtcNow().AddHours(3);
            return $"""
                [sessions.schedule]
                record_start = '{later.ToString("HH:mm", CultureInfo.InvariantCulture)}'
                record_end = '{later.AddHours(1).ToString("HH:mm", CultureInfo.InvariantCulture)}'
                """;
        }
    }

    public string Home => _folder.Path;

    public string File => _folder.File("record.toml");

    public string Output => _output ?? _folder.File("recordings");

    public string Database(string show) => Path.Combine(Output, show + ".sqlite");

    /// <summary>Replaces the configuration.</summary>
    public void Write(IEnumerable<ShowLines> shows, string top = "") =>
        System.IO.File.WriteAllText(
            File,
            $"""
            config_type = 'record'
            api_port = 0
            output_dir = '{Output}'
            data_dir = '{_folder.File("data")}'
            {top}

            {string.Join('\n', shows)}
            """
        );

    public void Dispose() => _folder.Dispose();
}
