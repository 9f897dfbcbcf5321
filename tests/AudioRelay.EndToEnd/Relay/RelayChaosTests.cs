using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>
/// Two hundred faults on the line between a receiver and its recorder, each of them done to bytes that were on their way. One of eight
/// half-open connections stays so; the others go on after a while, as when a cable is put back.
/// </summary>
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
            ChaosFault[] faults = [.. Enum.GetValues<ChaosFault>().SelectMany(fault => Enumerable.Repeat(fault, each))];
            chance.Shuffle(faults);
            var happened = new Dictionary<ChaosFault, int>();
            List<Task> later = [];
            foreach (var fault in faults)
            {
                // Half of the flipped bits are in what is large enough to be sound, the other half anywhere.
                var struck = line.Strike(fault, fault == ChaosFault.Corrupt && chance.Next(2) == 0 ? 4000 : 2);
                await struck.Patiently(() => $"something to pass that can suffer {fault}; {receiver.Events.Sync}");
                happened[fault] = happened.GetValueOrDefault(fault) + 1;
                if (fault == ChaosFault.HalfOpen && chance.Next(8) != 0)
                {
                    later.Add(Thaw(await struck, TimeSpan.FromSeconds(0.2 + chance.NextDouble())));
                }

                await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(20)), TimeProvider.System, CancellationToken.None);
            }

            await Task.WhenAll(later);
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

    private static async Task Thaw(ChaosConnection connection, TimeSpan after)
    {
        await Task.Delay(after, TimeProvider.System, CancellationToken.None);
        connection.Thaw();
    }

    private static IEnumerable<ShowLines> Plans(SocketStation station, string more) =>
        Shows.Select(show => new ShowLines(show, station.Address, "copy") { More = more });
}
