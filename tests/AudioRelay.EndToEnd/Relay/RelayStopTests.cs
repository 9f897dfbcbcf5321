using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>What a receiver has of the last moments of a recorder that is stopped in order, and may be away for days.</summary>
public sealed class RelayStopTests(ITestOutputHelper output)
{
    private static readonly string[] Shows = ["first", "second", "third"];

    [Fact]
    public async Task A_receiver_has_the_end_of_each_section_when_the_recorder_is_stopped_and_stays_away()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var there = new TempConfig(Shows.Select(show => new ShowLines(show, station.Address, show == "second" ? "opus" : "copy")));
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        await using var receiver = await ReceiverRun.Start(here);
        foreach (var show in Shows)
        {
            await receiver.Events.Reaches(show, 2);
        }

        var told = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await recorder.Stop());
        var took = TimeProvider.System.GetElapsedTime(told);
        output.WriteLine($"stopped within {took.TotalMilliseconds:0} ms");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        foreach (var show in Shows)
        {
            await receiver.Becomes(show, "recorder_away");
        }

        await receiver.CatchesUp(here, there, Shows);
        foreach (var show in Shows)
        {
            var segments = Relayed.SameAsRecorded(here, there, show);
            using var kept = here.Kept(show);
            var section = Assert.Single(kept.Facts, fact => fact.StartsWith("section ", StringComparison.Ordinal));
            Assert.EndsWith("|stopped_by_user|1", section, StringComparison.Ordinal);
            output.WriteLine($"{show}: {segments} segments; {section}");
        }
    }
}
