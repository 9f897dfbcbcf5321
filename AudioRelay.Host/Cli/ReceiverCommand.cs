using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay receiver -c FILE [-p PORT] [--sync-only]</c></summary>
internal static class ReceiverCommand
{
    public static Command Create(HostContext context)
    {
        var config = SharedOptions.Config("receiver");
        var port = SharedOptions.Port("The port to answer on, instead of the configuration's port");
        var syncOnly = new Option<bool>("--sync-only")
        {
            Description = "Fetch once what the recorders have, and end: with 0 only if every show got there",
        };
        var command = new Command("receiver", "Fetches recordings from recorders, keeps them and serves them to listeners")
        {
            config,
            port,
            syncOnly,
        };
        command.SetAction(
            (parsed, stop) =>
            {
                var options = Prepare(parsed.GetValue(config), parsed.GetValue(port), context);
                return parsed.GetValue(syncOnly)
                    ? ReceiverRole.SyncOnceAsync(options, context, stop)
                    : ReceiverRole.RunAsync(options, context, stop);
            }
        );
        return command;
    }

    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    public static ReceiverOptions Prepare(string? file, int? port, HostContext context)
    {
        var loaded = ConfigFiles.LoadReceiver(file, context.Environment);
        var config = port is { } chosen ? loaded.Value with { Listen = loaded.Value.Listen with { Port = chosen } } : loaded.Value;
        var credentials = new CredentialStore(context.Environment);
        var options = ReceiverOptions.Of(config, credentials);
        SharedOptions.PrintNotes(context.Error, [.. loaded.Notes, .. credentials.Notes]);
        return options;
    }
}
