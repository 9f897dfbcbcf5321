using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>Faults on the lines of a receiver: two hundred on the one to its recorder, and others on the one to its database.</summary>
public sealed class RelayChaosTests(ITestOutputHelper output)
{
    // Enough for one to be on its way nearly always, although some wait for the end of a dead connection.
    private static readonly string[] Shows = [.. Enumerable.Range(1, 10).Select(n => $"show-{n}")];

    [Fact]
    public async Task Two_hundred_faults_on_the_line_lose_nothing_and_nothing_corrupt_is_kept()
    {
        var each = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 40 : 400;
        var faults = Enum.GetValues<ChaosFault>();
        var (happened, segments) = await Strike(database: null, faults, each, new Random(20_261_120), staying: 8);
        Assert.All(faults, fault => Assert.InRange(happened[fault], each, int.MaxValue));
        Assert.InRange(happened.Values.Sum(), 200, int.MaxValue);
        Assert.InRange(segments, 200, int.MaxValue);
    }

    // Flipped bits are not among them: PostgreSQL's own protocol has no checksum, and TLS is what keeps them off that line.
    [Fact]
    public async Task Faults_on_the_line_to_the_database_lose_nothing_and_nothing_is_there_twice()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var each = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 6 : 100;
        ChaosFault[] faults = [ChaosFault.Cut, ChaosFault.HalfOpen, ChaosFault.Slices, ChaosFault.Delay];
        await using var postgres = await PostgresServer.Start();
        // One that stayed so would be given up after the 60 s that a statement has: the long run has some of them.
        var (happened, segments) = await Strike(postgres, faults, each, new Random(20_261_121), staying: each > 50 ? 8 : 0);
        Assert.All(faults, fault => Assert.Equal(each, happened[fault]));
        Assert.InRange(segments, Shows.Length, int.MaxValue);
    }

    /// <summary>While a station plays, faults strike the line to the recorder, or the one to the database when there is one; then all must be there.</summary>
    /// <returns>What has happened how often, and how many segments there are.</returns>
    private async Task<(IReadOnlyDictionary<ChaosFault, int> Happened, int Segments)> Strike(
        PostgresServer? database,
        IReadOnlyList<ChaosFault> faults,
        int each,
        Random chance,
        int staying
    )
    {
        var start = TimeProvider.System.GetTimestamp();
        await using var station = new SocketStation(
            new StationScript { Source = new SyntheticSource { Kilobits = 64 } },
            TimeProvider.System
        );
        using var there = new TempConfig(Plans(station, ""));
        var recorder = await RecorderRun.Start(there);
        // In both cases between the two, so that the recorder keeps its address when it is started again.
        await using var toRecorder = new ChaosProxy(recorder.Address, TimeProvider.System, new Random(1));
        await using var toDatabase = database is null
            ? null
            : new ChaosProxy(new Uri($"tcp://127.0.0.1:{database.Port}"), TimeProvider.System, new Random(2));
        using var here = new TempReceiver(toRecorder.Through(recorder.Address), database, databaseLine: toDatabase);
        await using var receiver = await ReceiverRun.Start(here);
        var line = toDatabase ?? toRecorder;
        try
        {
            var happened = await line.Strike(faults, each, chance, staying, () => $"{receiver.Events.Sync}");
            var struckFor = TimeProvider.System.GetElapsedTime(start);
            Assert.Equal(0, await recorder.Stop());
            await recorder.DisposeAsync();
            there.Write(Plans(station, TempConfig.NotNow));
            recorder = await RecorderRun.Start(there);
            toRecorder.Target = recorder.Address;
            await receiver.CatchesUp(here, there, Shows);
            var segments = Shows.Sum(show => Relayed.SameAsRecorded(here, there, show));
            var caughtUp = TimeProvider.System.GetElapsedTime(start) - struckFor;
            output.WriteLine(
                FormattableString.Invariant(
                    $"{string.Join(", ", happened.Select(f => $"{f.Value} {f.Key}"))} in {struckFor.TotalSeconds:0} s over {line.Connections.Count} connections; all of {segments} segments there after {caughtUp.TotalSeconds:0.0} s"
                )
            );
            return (happened, segments);
        }
        finally
        {
            await recorder.DisposeAsync();
        }
    }

    private static IEnumerable<ShowLines> Plans(SocketStation station, string more) =>
        Shows.Select(show => new ShowLines(show, station.Address, "copy") { More = more });
}
