using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay record -c FILE [-p PORT]</c></summary>
internal static class RecordCommand
{
    public static Command Create(HostContext context)
    {
        var config = SharedOptions.Config("record");
        var port = SharedOptions.Port("The port to answer on, instead of the configuration's api_port");
        var command = new Command("record", "Records the shows of a configuration and serves them to receivers and listeners")
        {
            config,
            port,
        };
        command.SetAction(
            (parsed, stop) => RecordRole.RunAsync(Prepare(parsed.GetValue(config), parsed.GetValue(port), context), context, stop)
        );
        return command;
    }

    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    public static RecordOptions Prepare(string? file, int? port, HostContext context)
    {
        var loaded = ConfigFiles.LoadRecord(file, context.Environment);
        var config = port is { } chosen ? loaded.Value with { Listen = loaded.Value.Listen with { Port = chosen } } : loaded.Value;
        var credentials = new CredentialStore(context.Environment);
        var tokens = config.Listen.TokenProfiles.Select(credentials.Token).ToList();
        SharedOptions.PrintNotes(context.Error, [.. loaded.Notes, .. credentials.Notes]);
        return new RecordOptions(config, tokens);
    }
}
