using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>Faults on the lines of a receiver: two hundred on the one to its recorder, and others on the one to its database.</summary>
[Collection(AloneCollection.Name)]
public sealed class RelayChaosTests(ITestOutputHelper output)
{
    // Enough for one to be on its way nearly always, although some wait for the end of a dead connection.
    private static readonly string[] Shows = [.. Enumerable.Range(1, 10).Select(n => $"show-{n}")];

    [Fact]
    public async Task Two_hundred_faults_on_the_line_lose_nothing_and_nothing_corrupt_is_kept()
    {
        var each = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 40 : 400;
        var chance = new Random(20_261_120);
        var start = TimeProvider.System.GetTimestamp();
        await using var station = new SocketStation(
            new StationScript { Source = new SyntheticSource { Kilobits = 64 } },
            TimeProvider.System
        );
        using var there = new TempConfig(Plans(station, ""));
        var recorder = await RecorderRun.Start(there);
        await using var line = new ChaosProxy(recorder.Address, TimeProvider.System, new Random(1));
        using var here = new TempReceiver(line.Through(recorder.Address));
        await using var receiver = await ReceiverRun.Start(here);
        try
        {
            var happened = await line.Strike(Enum.GetValues<ChaosFault>(), each, chance, 8, () => $"{receiver.Events.Sync}");
            var struckFor = TimeProvider.System.GetElapsedTime(start);
            Assert.Equal(0, await recorder.Stop());
            await recorder.DisposeAsync();
            there.Write(Plans(station, TempConfig.NotNow));
            recorder = await RecorderRun.Start(there);
            line.Target = recorder.Address;
            await receiver.CatchesUp(here, there, Shows);
            var segments = Shows.Sum(show => Relayed.SameAsRecorded(here, there, show));
            var caughtUp = TimeProvider.System.GetElapsedTime(start) - struckFor;
            output.WriteLine(
                FormattableString.Invariant(
                    $"{string.Join(", ", happened.Select(f => $"{f.Value} {f.Key}"))} in {struckFor.TotalSeconds:0} s over {line.Connections.Count} connections; all of {segments} segments there after {caughtUp.TotalSeconds:0.0} s"
                )
            );
            Assert.All(Enum.GetValues<ChaosFault>(), fault => Assert.InRange(happened[fault], each, int.MaxValue));
            Assert.InRange(happened.Values.Sum(), 200, int.MaxValue);
            Assert.InRange(segments, 200, int.MaxValue);
        }
        finally
        {
            await recorder.DisposeAsync();
        }
    }

    // Flipped bits are not among them: PostgreSQL's own protocol has no checksum, and TLS is what keeps them off that line.
    [Fact]
    public async Task Faults_on_the_line_to_the_database_lose_nothing_and_nothing_is_there_twice()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var each = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 6 : 100;
        var start = TimeProvider.System.GetTimestamp();
        await using var station = new SocketStation(
            new StationScript { Source = new SyntheticSource { Kilobits = 64 } },
            TimeProvider.System
        );
        using var there = new TempConfig(Plans(station, ""));
        var recorder = await RecorderRun.Start(there);
        await using var postgres = await PostgresServer.Start();
        await using var line = new ChaosProxy(new Uri($"tcp://127.0.0.1:{postgres.Port}"), TimeProvider.System, new Random(1));
        await using var toRecorder = new ChaosProxy(recorder.Address, TimeProvider.System, new Random(2)); // so that it keeps its address
        using var here = new TempReceiver(toRecorder.Through(recorder.Address), postgres, databaseLine: line);
        await using var receiver = await ReceiverRun.Start(here);
        try
        {
            ChaosFault[] faults = [ChaosFault.Cut, ChaosFault.HalfOpen, ChaosFault.Slices, ChaosFault.Delay];
            // One that stayed so would be given up after the 60 s that a statement has: the long run has some of them.
            var staying = each > 50 ? 8 : 0;
            var happened = await line.Strike(faults, each, new Random(20_261_121), staying, () => $"{receiver.Events.Sync}");
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
                    $"{happened.Values.Sum()} faults in {struckFor.TotalSeconds:0} s over {line.Connections.Count} connections; all of {segments} segments there after {caughtUp.TotalSeconds:0.0} s"
                )
            );
            Assert.All(faults, fault => Assert.Equal(each, happened[fault]));
            Assert.InRange(segments, Shows.Length, int.MaxValue);
        }
        finally
        {
            await recorder.DisposeAsync();
        }
    }

    private static IEnumerable<ShowLines> Plans(SocketStation station, string more) =>
        Shows.Select(show => new ShowLines(show, station.Address, "copy") { More = more });
}
