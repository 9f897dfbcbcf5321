using System.Globalization;
using AudioRelay.Actors;
using AudioRelay.Http;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>A real recorder in a process of its own that answers HTTP. Each show has a connection to the station to itself.</summary>
/// <remarks><c>add</c> begins one more show, <c>fewest</c> tells the fewest segments any show has, <c>all</c> how many all have, <c>times</c> when there was which.</remarks>
internal static class LiveRecorderChild
{
    public const string Verb = "child-live-recorder";

    /// <summary>How long its segments are.</summary>
    public static readonly TimeSpan Split = TimeSpan.FromSeconds(6);

    public static async Task<int> Run(string[] arguments)
    {
        var (folder, station) = (arguments[0], new Uri(arguments[1]));
        var (time, feed) = (TimeProvider.System, new CommitFeed());
        await using var times = new CommitTimes(feed);
        await using var threads = new StorageThreads(time);
        using var dialer = new StationDialer(time, "AudioRelay");
        await using var system = new ActorSystem(time, new Random(1));
        var parts = new RecorderParts(folder, threads, new CodecCatalog(), feed, time, () => new Random(1));
        var recorder = await RecorderService.StartAsync(system, parts, [], dialer.Dial, CancellationToken.None);
        var options = new RelayServerOptions { Port = 0 };
        await using (
            var server = await RelayServer.StartAsync(options, new RecorderCatalog(recorder), feed, time, NullLoggerFactory.Instance)
        )
        {
            await Console.Out.WriteLineAsync($"{server.Address}");
            while (await Console.In.ReadLineAsync() is { } line)
            {
                await Console.Out.WriteLineAsync(
                    line switch
                    {
                        "add" => await Add(recorder, station),
                        "fewest" => Text(Reached().Min()),
                        "all" => Text(Reached().Sum()),
                        _ => CommitTime.Line(times.Take()),
                    }
                );
            }
        }

        await recorder.StopAsync();
        return 0;

        IEnumerable<long> Reached() => recorder.Shows.Select(show => feed.Latest(show.Plan.Name)?.MaxId ?? 0);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> Add(RecorderService recorder, Uri station)
    {
        var number = recorder.Shows.Count;
        var plan = new ShowPlan
        {
            Station = new StationKey(new Uri(station, $"?listener={number}")),
            Capture = new ShowCaptureOptions
            {
                Name = $"show-{number}",
                Format = StoredFormat.Copy,
                SplitInterval = Split,
            },
            Windows = [new DailyWindow(TimeOnly.MinValue, TimeOnly.MinValue)],
        };
        await recorder.AddAsync(plan, CancellationToken.None);
        return "added";
    }
}
