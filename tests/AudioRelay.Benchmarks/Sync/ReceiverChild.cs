using System.Collections.Concurrent;
using System.Globalization;
using AudioRelay.Actors;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Host;
using AudioRelay.Http;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>A real receiver in a process of its own: actors, HTTP from the recorder, stores, HTTP to listeners.</summary>
/// <remarks>
/// Arguments: the recorder's address, then a folder, or a server's <c>postgres://</c> address and a prefix. With <c>listen</c> at the end
/// somebody fetches each new segment as soon as it is listed. <c>reached</c> tells the newest segment, <c>times</c> when
/// there was which, <c>heard</c> when it had been fetched, <c>ends</c> until when the newest segments sound,
/// <c>address</c> where it listens, <c>memory</c> who has its memory after a full collection.
/// </remarks>
internal sealed class ReceiverChild(ReceiverService receiver, CommitFeed feed)
{
    public const string Verb = "child-receiver";

    private readonly ConcurrentQueue<CommitTime> _heard = new();

    public static async Task<int> Run(string[] arguments)
    {
        MallocArenas.Bound();
        var (time, feed) = (TimeProvider.System, new CommitFeed());
        var plan = new RemotePlan("recorder", new Uri(arguments[0]), null, null);
        await using IReceivedStores stores = arguments[1].StartsWith("postgres:", StringComparison.Ordinal)
            ? new PostgresReceivedStores(new PostgresOptions { Url = new Uri(arguments[1]), Prefix = arguments[2] }, time, new Random(1))
            : SqliteReceivedStores.Open(arguments[1], time, new Random(1));
        await using var system = new ActorSystem(time, new Random(1));
        var connect = (RemotePlan remote) => new RecorderClient(new RecorderClientOptions(remote.Url), time);
        var parts = new ReceiverParts(stores, feed, time, () => new Random(1), connect);
        var receiver = await ReceiverService.StartAsync(system, parts, [plan], CancellationToken.None);
        await using (
            var server = await RelayServer.StartAsync(
                new RelayServerOptions { Port = 0 },
                new ReceiverCatalog(receiver),
                feed,
                time,
                NullLoggerFactory.Instance,
                receiver: ReceiverFace.Of(receiver, stores.Control)
            )
        )
        {
            var child = new ReceiverChild(receiver, feed);
            using var listener = new HttpClient { BaseAddress = server.Address };
            await using var times = new CommitTimes(feed, arguments[^1] == "listen" ? noted => child.Fetch(listener, noted) : null);
            await child.Obey(times, server.Address);
        }

        await receiver.StopAsync();
        return 0;
    }

    private async Task Obey(CommitTimes times, Uri address)
    {
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await Console.Out.WriteLineAsync(
                line switch
                {
                    "times" => CommitTime.Line(times.Take()),
                    "heard" => CommitTime.Line(_heard),
                    "ends" => await Ends(),
                    "address" => $"{address}",
                    "memory" => MemoryShares.Now().Line(),
                    _ => Reached(),
                }
            );
        }
    }

    private string Reached() => receiver.Shows.Sum(show => feed.Latest(show.Name)?.MaxId ?? 0).ToString(CultureInfo.InvariantCulture);

    private async Task Fetch(HttpClient listener, CommitTime noted)
    {
        var sound = await listener.GetByteArrayAsync($"/show/{noted.Show}/mp3-segment/{noted.Id}.mp3");
        if (sound.Length > 0)
        {
            _heard.Enqueue(noted with { At = TimeProvider.System.GetTimestamp() });
        }
    }

    /// <summary>When, by the recorder's reckoning, the station sent the last sample of each segment.</summary>
    private async Task<string> Ends()
    {
        List<CommitTime> ends = [];
        foreach (var show in receiver.Shows)
        {
            var rates = (await show.Store.Reader.SectionsAsync(new SectionQuery())).ToDictionary(s => s.Id, s => s.Rate);
            foreach (var segment in await show.Store.Reader.SegmentsAsync(new SegmentQuery()))
            {
                var length = segment.DurationSamples * 1000 / rates[segment.SectionId];
                ends.Add(new CommitTime(show.Name, segment.Id, 0, segment.TimestampMs + length));
            }
        }

        return CommitTime.Line(ends);
    }
}
