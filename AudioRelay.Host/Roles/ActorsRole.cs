using System.Text.Json;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Host.Roles.Actors;
using AudioRelay.Http.Admin;

namespace AudioRelay.Host.Roles;

/// <summary>Looks at the actors of a running program and steers them.</summary>
internal static class ActorsRole
{
    private const string ClearScreen = "\u001b[H\u001b[2J";
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(ActorsOptions options, HostContext context, CancellationToken stop)
    {
        var programs = Find(options, context);
        try
        {
            switch (options.Verb)
            {
                case ActorsVerb.Tree:
                    await PrintTrees(programs, options, context.Out, stop);
                    break;
                case ActorsVerb.Watch:
                    await Watch(programs, options, context, stop);
                    break;
                case ActorsVerb.Show:
                    var actor = await First(programs, options, (program, path) => program.Show(path, stop));
                    Print(context.Out, options.Json, actor, ActorsPrinter.Detail);
                    break;
                case ActorsVerb.Log:
                    var lines = await First(programs, options, (program, path) => program.Log(path, stop));
                    Print(context.Out, options.Json, lines, ActorsPrinter.Log);
                    break;
                case ActorsVerb.Restart:
                case ActorsVerb.Stop:
                    var verb = options.Verb.ToString().ToLowerInvariant();
                    await First(programs, options, async (program, path) => await program.Steer(verb, path, stop) ? program : null);
                    await context.Out.WriteLineAsync($"{options.Path}: asked to {verb}");
                    break;
            }
            return ExitCodes.Done;
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
        }
    }

    private static List<RunningProgram> Find(ActorsOptions options, HostContext context)
    {
        if (options.Url is { } url)
        {
            var token = options.TokenProfile is { } profile ? new CredentialStore(context.Environment).Token(profile).Value : null;
            return [RunningProgram.AtAddress(url, token)];
        }
        var sockets = AdminSocket.Live(options.DataDirectory);
        return sockets.Count > 0
            ? [.. sockets.Select(RunningProgram.AtSocket)]
            : throw new CliException(
                $"no audiorelay is running with its data in {options.DataDirectory}; --data names another directory, --url another machine"
            );
    }

    private static async Task PrintTrees(List<RunningProgram> programs, ActorsOptions options, TextWriter output, CancellationToken stop)
    {
        foreach (var program in programs)
        {
            var tree = await program.Tree(stop);
            if (programs.Count > 1 && !options.Json)
            {
                await output.WriteLineAsync($"{program.Name}:");
            }
            Print(output, options.Json, tree, ActorsPrinter.Tree);
        }
    }

    private static async Task Watch(List<RunningProgram> programs, ActorsOptions options, HostContext context, CancellationToken stop)
    {
        while (true)
        {
            // Drawn as a whole, so that the screen does not flicker.
            var page = new StringWriter();
            if (options.Path is { } path)
            {
                Print(
                    page,
                    options.Json,
                    await First(programs, options with { Path = path }, (p, at) => p.Show(at, stop)),
                    ActorsPrinter.Detail
                );
            }
            else
            {
                await PrintTrees(programs, options, page, stop);
            }
            await context.Out.WriteAsync(options.Json || Console.IsOutputRedirected ? page.ToString() : ClearScreen + page);
            await context.Out.FlushAsync(stop);
            await Task.Delay(WatchInterval, context.Time, stop);
        }
    }

    /// <summary>The answer of the first program that has such an actor.</summary>
    private static async Task<T> First<T>(List<RunningProgram> programs, ActorsOptions options, Func<RunningProgram, string, Task<T?>> ask)
        where T : class
    {
        foreach (var program in programs)
        {
            if (await ask(program, options.Path!) is { } answer)
            {
                return answer;
            }
        }
        throw new CliException($"there is no actor {options.Path}; 'audiorelay actors tree' lists them");
    }

    private static void Print<T>(TextWriter output, bool json, T value, Func<T, IEnumerable<string>> asText)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(value, AdminJson.Options));
            return;
        }
        foreach (var line in asText(value))
        {
            output.WriteLine(line);
        }
    }
}
