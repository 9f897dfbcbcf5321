using System.CommandLine;
using AudioRelay.Host.Config;

namespace AudioRelay.Host.Cli;

/// <summary>Options that several commands have, so that they are called and checked the same everywhere.</summary>
internal static class SharedOptions
{
    public static Option<string> Config(string role) =>
        new("--config", "-c")
        {
            Description =
                $"The configuration file [default: {role}.toml in $AUDIORELAY_CONFIG_DIR, ~/.config/audiorelay or ~/.config/save_audio_stream]",
            HelpName = "FILE",
        };

    public static Option<int?> Port(string description)
    {
        var option = new Option<int?>("--port", "-p") { Description = description, HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var port) && port is < 0 or > 65535)
            {
                result.AddError($"--port {port}: ports are 0 to 65535 (0 takes any free one)");
            }
        });
        return option;
    }

    public static Option<string> Url(string description)
    {
        var option = new Option<string>("--url") { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens is [{ Value: var text }]
                && (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            )
            {
                result.AddError("--url: an address that begins with http:// or https:// is needed");
            }
        });
        return option;
    }

    public static void PrintNotes(TextWriter error, IEnumerable<ConfigProblem> notes)
    {
        foreach (var note in notes)
        {
            error.WriteLine($"audiorelay: note: {note}");
        }
    }
}
