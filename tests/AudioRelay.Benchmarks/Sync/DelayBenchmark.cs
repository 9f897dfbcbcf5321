using System.Globalization;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>
/// From a segment's commit on the recorder to its being listed, and fetched, on the receiver; and from the station's byte. Station, recorder and
/// receiver are three processes, everything over HTTP.
/// </summary>
internal static class DelayBenchmark
{
    private const int Warm = 2; // segments of each show that do not count
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    public static async Task Run(Bench bench)
    {
        await Measure(bench, 1, "SQLite", folder => [folder]);
        await Measure(bench, bench.Choose(100, 20), "SQLite", folder => [folder]);
        if (!PostgresServer.IsInstalled)
        {
            bench.Say(PostgresServer.Missing);
            return;
        }

        await using var postgres = await PostgresServer.Start(new PostgresSettings(Fsync: true));
        await Measure(bench, 1, "PostgreSQL", _ => [SyncRig.Url(postgres), postgres.NewPrefix()]);
        await Measure(bench, bench.Choose(100, 20), "PostgreSQL", _ => [SyncRig.Url(postgres), postgres.NewPrefix()]);
    }

    private static async Task Measure(Bench bench, int shows, string store, Func<string, string[]> stores)
    {
        bench.Say($"{shows} shows into {store}");
        var folder = bench.NewFolder("delay");
        // No burst: what a listener gets is what is on the air at this moment.
        var script = new StationScript { Source = new LoopedSource(SoundFixture.Mp3), MetaInterval = 16_000 };
        await using var station = new SocketStation(script, TimeProvider.System, TimeSpan.FromMinutes(5));
        await using var recorder = Child.Start(LiveRecorderChild.Verb, folder, $"{station.Address}");
        var address = await recorder.Hear();
        for (var show = 0; show < shows; show++)
        {
            await recorder.Ask("add");
            await Pause(LiveRecorderChild.Split / shows); // so that they do not all end their segments at once
        }

        while (long.Parse(await recorder.Ask("fewest"), CultureInfo.InvariantCulture) < Warm)
        {
            await Pause(TimeSpan.FromMilliseconds(500));
        }

        await using var receiver = Child.Start([ReceiverChild.Verb, address, .. stores(Path.Combine(folder, "received")), "listen"]);
        await receiver.Hear();
        await CaughtUp(recorder, receiver);
        await Pause(Settling);
        await recorder.Ask("times"); // forgets what was before
        await Pause(bench.Choose(shows == 1 ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(25)));
        var committed = CommitTime.Parse(await recorder.Ask("times"));
        await Pause(Late);
        var listed = ByShow(CommitTime.Parse(await receiver.Ask("times")));
        var heard = ByShow(CommitTime.Parse(await receiver.Ask("heard")));
        var ends = CommitTime.Parse(await receiver.Ask("ends")).ToDictionary(end => (end.Show, end.Id), end => end.UtcMs);
        Report(bench, $"{shows} {(shows == 1 ? "show" : "shows")}, {store}", committed, listed, heard, ends);
    }

    /// <summary>Waits until the receiver has made all stores and has all that there is: what comes then is live.</summary>
    private static async Task CaughtUp(Child recorder, Child receiver)
    {
        var there = long.Parse(await recorder.Ask("all"), CultureInfo.InvariantCulture);
        while (long.Parse(await receiver.Ask("reached"), CultureInfo.InvariantCulture) < there)
        {
            await Pause(TimeSpan.FromMilliseconds(500));
        }
    }

    private static void Report(
        Bench bench,
        string what,
        List<CommitTime> committed,
        ILookup<string, CommitTime> listed,
        ILookup<string, CommitTime> heard,
        Dictionary<(string, long), long> ends
    )
    {
        var (delay, fetched, ear) = (new Durations(), new Durations(), new Durations());
        foreach (var one in committed)
        {
            var there = First(listed, one);
            delay.Add(TimeProvider.System.GetElapsedTime(one.At, there.At));
            fetched.Add(TimeProvider.System.GetElapsedTime(one.At, First(heard, one).At));
            ear.Add(TimeSpan.FromMilliseconds(there.UtcMs - ends[(one.Show, one.Id)]));
        }

        bench.Table.Group($"Delay: {what}, {delay.Count} segments of 6 s, {Machine.LoadNow()}");
        Add("committed there -> listed here, median", delay, 0.5, TimeSpan.FromSeconds(0.5));
        Add("committed there -> listed here, p99", delay, 0.99, TimeSpan.FromSeconds(2));
        Add("committed there -> fetched here over HTTP, median", fetched, 0.5, null);
        Add("committed there -> fetched here over HTTP, p99", fetched, 0.99, null);
        Add("last byte from the station -> listed here, median", ear, 0.5, null);
        Add("last byte from the station -> listed here, p99", ear, 0.99, null);

        void Add(string row, Durations taken, double share, TimeSpan? aim) =>
            bench.Table.Add(
                new ResultRow(
                    row,
                    $"{taken.At(share).TotalMilliseconds:0} ms",
                    Aim: aim is { } most ? $"<= {most.TotalSeconds:0.0} s" : "",
                    Met: aim is null ? null : taken.At(share) <= aim
                )
            );
    }

    /// <summary>The moment at which a show had got as far as the recorder had. A segment that never came is a fault, not a figure.</summary>
    private static CommitTime First(ILookup<string, CommitTime> times, CommitTime at) =>
        times[at.Show].FirstOrDefault(t => t.Id >= at.Id)
        ?? throw new InvalidOperationException($"Segment {at.Id} of {at.Show} did not come within {Late.TotalSeconds} s.");

    private static ILookup<string, CommitTime> ByShow(List<CommitTime> times) => times.OrderBy(t => t.At).ToLookup(t => t.Show);

    /// <summary>Lets the relay run undisturbed: how long a measurement takes is part of what it says.</summary>
    private static Task Pause(TimeSpan length) => Task.Delay(length, TimeProvider.System);
}
