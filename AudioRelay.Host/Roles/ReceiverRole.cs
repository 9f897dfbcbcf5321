using System.Globalization;
using System.Text.Json;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Host.Roles;

/// <summary>The receiver: pulls, keeps and serves until it is stopped, or pulls once.</summary>
internal static class ReceiverRole
{
    /// <returns>The process's exit code.</returns>
    /// <exception cref="CliException">It cannot start, or a fault that nobody could mend ended it.</exception>
    public static async Task<int> RunAsync(ReceiverOptions options, HostContext context, CancellationToken stop)
    {
        await using var process = await ReceiverProcess.StartAsync(options, serves: true, context, stop);
        await context.Out.WriteLineAsync($"Receiving from {Recorders(options)} into {ReceiverStores.Place(options)}");
        await context.Out.WriteLineAsync($"Listening on {process.Address}");
        await Runtime.RunUntil(process.FatalFault, stop);
        await context.Out.WriteLineAsync("Stopping: what is being written is finished.");
        return ExitCodes.Done;
    }

    /// <summary>Pulls everything that is there now and ends.</summary>
    /// <returns>The process's exit code: 0 only if every show got to where its recorder was.</returns>
    /// <exception cref="CliException">It cannot start.</exception>
    public static async Task<int> SyncOnceAsync(ReceiverOptions options, HostContext context, CancellationToken stop)
    {
        await using var process = await ReceiverProcess.StartAsync(options, serves: false, context, stop);
        var result = await process.Receiver.SyncOnceAsync(stop);
        foreach (var show in result.Report.Shows)
        {
            await context.Out.WriteLineAsync(Line(result.Missing.Contains(show.Show) ? show with { Detail = null } : show));
        }

        foreach (var line in Troubles(result).Distinct())
        {
            await context.Error.WriteLineAsync($"audiorelay: {line}");
        }

        return result.Complete ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Why not everything is here: each reason once, a recorder's for all of its shows.</summary>
    private static IEnumerable<string> Troubles(SyncPassResult result)
    {
        var away = result.Report.Remotes.Where(remote => !remote.Online).ToList();
        var told = away.Select(remote => remote.Detail).ToHashSet();
        return
        [
            .. away.Select(remote => $"{remote.Name}: {remote.Detail}"),
            .. result
                .Report.Shows.Where(show => result.Missing.Contains(show.Show) && !told.Contains(show.Detail))
                .Select(show => $"{show.Show}: {show.Detail ?? "not all of it is here."}"),
        ];
    }

    /// <summary>How a show stands, in one line.</summary>
    internal static string Line(ShowSyncStatus show)
    {
        var state = JsonNamingPolicy.SnakeCaseLower.ConvertName(show.State.ToString());
        var place = show.SourceMaxId is { } max
            ? string.Create(CultureInfo.InvariantCulture, $" at {show.ReadId} of {max}")
            : string.Create(CultureInfo.InvariantCulture, $" at {show.ReadId}");
        return $"{show.Show}: {state}{place}{(show.Detail is { } detail ? $": {detail}" : "")}";
    }

    private static string Recorders(ReceiverOptions options) =>
        options.Remotes is [var only] ? only.Url.Authority : $"{options.Remotes.Count} recorders";
}
