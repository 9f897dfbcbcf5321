using AudioRelay.Http;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Host.Roles;

/// <summary>Serves one database file for listening, and runs until it is stopped.</summary>
internal static class InspectRole
{
    /// <returns>The process's exit code.</returns>
    /// <exception cref="CliException">The file cannot be read, or the port not be had.</exception>
    public static async Task<int> RunAsync(InspectOptions options, HostContext context, CancellationToken stop)
    {
        try
        {
            await using var reader = SqliteShowReader.Open(options.File, options.Immutable);
            var info = await reader.InfoAsync(stop);
            var show = new ServedShow(info.Name, reader, Path.GetFileName(options.File));
            await using var server = await RelayServer.StartAsync(
                Listening.Options(options.Listen, []),
                new SingleShowCatalog(show),
                new CommitFeed(),
                context.Time,
                context.Logs
            );
            await context.Out.WriteLineAsync($"{info.Name} ({info.AudioFormat}): listen at {server.Address}");
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            return ExitCodes.Done;
        }
        catch (StorageException error)
        {
            throw new CliException(error.Message, cause: error);
        }
        catch (ListenException error)
        {
            throw new CliException(error.Message, cause: error);
        }
    }
}
