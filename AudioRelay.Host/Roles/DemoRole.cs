using AudioRelay.Actors;
using AudioRelay.Host.Demo;
using AudioRelay.Media.Codecs;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Host.Roles;

/// <summary>Records the demo's own station, or any real one, and serves the player: everything in one process, for a first look.</summary>
internal static class DemoRole
{
    private const string Show = "demo";
    private static readonly TimeSpan Split = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstSound = TimeSpan.FromSeconds(8);

    /// <returns>The process's exit code.</returns>
    /// <exception cref="CliException">It cannot start.</exception>
    public static async Task<int> RunAsync(DemoOptions options, HostContext context, CancellationToken stop)
    {
        await using var folder = new DemoFolder(options.DataDirectory);
        await using var station = options.Station is null ? await StartStation(context) : null;
        var address = options.Station ?? station!.Address;
        await context.Out.WriteLineAsync(
            station is null
                ? $"Recording {address.Host} into {folder.Path}"
                : "The demo station is on the air: computed music, a voice, and titles."
        );
        await using var process = await Start(options, address, folder.Path, context, stop);
        await FirstSegment(process, context.Time, stop);
        await context.Out.WriteLineAsync();
        await context.Out.WriteLineAsync($"    Ready. Open  {process.Address}  and press play.   (Ctrl-C stops everything.)");
        await context.Out.WriteLineAsync();
        await Runtime.RunUntil(process.FatalFault, stop);
        return ExitCodes.Done;
    }

    private static async Task<DemoStation> StartStation(HostContext context)
    {
        try
        {
            return new DemoStation(await Task.Run(() => DemoProgramme.Create(new CodecCatalog())), context.Time);
        }
        catch (MissingLibraryException error)
        {
            throw new CliException(error.Message, cause: error);
        }
    }

    private static async Task<RecorderProcess> Start(
        DemoOptions options,
        Uri station,
        string folder,
        HostContext context,
        CancellationToken stop
    )
    {
        var plan = new ShowPlan
        {
            Station = new StationKey(station),
            Capture = new ShowCaptureOptions
            {
                Name = Show,
                Format = StoredFormat.Opus,
                Bitrate = 32_000,
                SplitInterval = Split,
            },
            Windows = [new DailyWindow(TimeOnly.MinValue, TimeOnly.MinValue)],
        };
        var listen = Listening.Options(options.Listen, []);
        try
        {
            return await RecorderProcess.StartAsync("demo", [plan], folder, folder, listen, new ActorSystemOptions(), 1, context, stop);
        }
        catch (CliException error) when (error.InnerException is Http.ListenException && !options.PortWasChosen)
        {
            return await RecorderProcess.StartAsync(
                "demo",
                [plan],
                folder,
                folder,
                listen with
                {
                    Port = 0,
                },
                new ActorSystemOptions(),
                1,
                context,
                stop
            );
        }
    }

    /// <summary>"Ready" shall mean that there is something to hear; a station that is away must not keep the page away, though.</summary>
    private static async Task FirstSegment(RecorderProcess process, TimeProvider time, CancellationToken stop)
    {
        var before = process.Feed.Latest(Show)?.MaxId ?? 0; // a folder of an earlier demo may be recorded on
        using var limit = new CancellationTokenSource(FirstSound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await foreach (var position in process.Feed.Follow(either.Token))
            {
                if (position.MaxId > before)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Without sound by now: the page says what the station's trouble is.
        }
    }
}
