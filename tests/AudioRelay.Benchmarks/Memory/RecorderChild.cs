using AudioRelay.Actors;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Benchmarks.Memory;

/// <summary>A real recorder in a process of its own: actors, sockets, capture, files. Each show has a connection to the station to itself.</summary>
/// <remarks><c>add N</c> begins N more shows; <c>state</c> tells the fewest segments any show has, and the managed bytes allocated so far.</remarks>
internal sealed class RecorderChild(RecorderService recorder, CommitFeed feed, Uri station, StoredFormat format)
{
    public const string Verb = "child-recorder";

    public static async Task<int> Run(string[] arguments)
    {
        var (folder, station, format) = (arguments[0], new Uri(arguments[1]), Enum.Parse<StoredFormat>(arguments[2]));
        var (time, feed) = (TimeProvider.System, new CommitFeed());
        await using var threads = new StorageThreads(time);
        using var dialer = new StationDialer(time, "AudioRelay");
        await using var system = new ActorSystem(time, new Random(1));
        var parts = new RecorderParts(folder, threads, new CodecCatalog(), feed, time, () => new Random(1));
        var recorder = await RecorderService.StartAsync(system, parts, [], dialer.Dial, CancellationToken.None);
        await new RecorderChild(recorder, feed, station, format).Obey();
        await recorder.StopAsync();
        return 0;
    }

    private async Task Obey()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["add", var count])
            {
                await Add(int.Parse(count));
            }

            var fewest = recorder.Shows.Min(show => feed.Latest(show.Plan.Name)?.MaxId ?? 0);
            await Console.Out.WriteLineAsync($"{fewest} {GC.GetTotalAllocatedBytes(precise: true)}");
        }
    }

    private async Task Add(int count)
    {
        var first = recorder.Shows.Count;
        for (var number = first; number < first + count; number++)
        {
            var plan = new ShowPlan
            {
                Station = new StationKey(new Uri(station, $"?listener={number}")),
                Capture = new ShowCaptureOptions { Name = $"show-{number}", Format = format },
                Windows = [new DailyWindow(TimeOnly.MinValue, TimeOnly.MinValue)],
            };
            await recorder.AddAsync(plan, CancellationToken.None);
        }
    }
}
