using AudioRelay.Host.Config;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Host.Roles;

/// <summary>The recorder: composes capture, storage and HTTP, and runs until it is stopped.</summary>
internal static class RecordRole
{
    /// <returns>The process's exit code.</returns>
    /// <exception cref="CliException">It cannot start, or a fault that nobody could mend ended it.</exception>
    public static async Task<int> RunAsync(RecordOptions options, HostContext context, CancellationToken stop)
    {
        var config = options.Config;
        await using var process = await RecorderProcess.StartAsync(
            "record",
            [.. config.Sessions.Select(session => Plan(session, config.Runtime))],
            config.OutputDirectory,
            config.DataDirectory,
            Listening.Options(config.Listen, options.Tokens, config.MaxConnections),
            Runtime.Actors(config.Runtime),
            config.Runtime.StorageThreads,
            context,
            stop
        );
        await context.Out.WriteLineAsync($"Recording {Shows(config.Sessions.Count)} into {config.OutputDirectory}");
        await context.Out.WriteLineAsync($"Listening on {process.Address}");
        await Runtime.RunUntil(process.FatalFault, stop);
        await context.Out.WriteLineAsync("Stopping: every section is ended in order.");
        return ExitCodes.Done;
    }

    private static string Shows(int count) => count == 1 ? "1 show" : $"{count} shows";

    private static ShowPlan Plan(SessionConfig session, RuntimeConfig runtime) =>
        new()
        {
            Station = new StationKey(session.Url, session.TrustStationClock),
            Capture = new ShowCaptureOptions
            {
                Name = session.Name,
                Format = session.Format,
                Bitrate = (session.BitrateKbps ?? 0) * 1000,
                Complexity = session.Complexity,
                Decoder = session.Decoder,
                SplitInterval = session.SplitInterval,
                TitleCharset = session.TitleCharset,
                WriterPatience = runtime.WriterPatience,
            },
            Windows = [session.Window],
            Retention = session.Retention,
        };
}
