using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay actors tree|show|watch|log|restart|stop</c>, also called <c>pbm</c>.</summary>
internal static class ActorsCommand
{
    public static Command Create(HostContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON", Recursive = true };
        var data = new Option<string>("--data")
        {
            Description = "The data directory of the running program [default: ~/.local/share/audiorelay]",
            HelpName = "DIR",
            Recursive = true,
        };
        var url = SharedOptions.Url("A program on another machine, by its address");
        url.Recursive = true;
        var token = new Option<string>("--token-profile")
        {
            Description = "With --url: the profile of the admin token",
            HelpName = "PROFILE",
            Recursive = true,
        };
        var command = new Command("actors", "Looks at the actors of a running program, and steers them") { json, data, url, token };
        command.Aliases.Add("pbm");
        Add("tree", ActorsVerb.Tree, "All actors with their state, queue and restarts", needsPath: null);
        Add("show", ActorsVerb.Show, "One actor in detail", needsPath: true);
        Add("watch", ActorsVerb.Watch, "The tree, refreshed until Ctrl-C", needsPath: false);
        Add("log", ActorsVerb.Log, "The recent log lines of an actor", needsPath: true);
        Add("restart", ActorsVerb.Restart, "Restarts an actor", needsPath: true);
        Add("stop", ActorsVerb.Stop, "Stops an actor", needsPath: true);
        return command;

        void Add(string name, ActorsVerb verb, string description, bool? needsPath)
        {
            var path = new Argument<string?>("path")
            {
                Description = "Its path, such as /recorder/shows/morning",
                HelpName = "PATH",
                Arity = needsPath == true ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
            };
            var sub = new Command(name, description);
            if (needsPath is not null)
            {
                sub.Add(path);
            }
            sub.SetAction(
                (parsed, stop) =>
                    ActorsRole.RunAsync(
                        new ActorsOptions(
                            verb,
                            needsPath is null ? null : parsed.GetValue(path),
                            parsed.GetValue(json),
                            parsed.GetValue(data) is { } folder
                                ? context.Environment.FullPath(folder)
                                : ConfigPaths.DefaultDataDirectory(context.Environment),
                            parsed.GetValue(url) is { } address ? new Uri(address) : null,
                            parsed.GetValue(token)
                        ),
                        context,
                        stop
                    )
            );
            command.Add(sub);
        }
    }
}
