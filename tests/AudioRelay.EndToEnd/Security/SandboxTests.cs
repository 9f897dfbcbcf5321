using System.Net;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Security;

/// <summary>The program needs no rights (S21): it works in what the unit files leave of a machine.</summary>
public sealed partial class SandboxTests
{
    [Fact]
    public async Task A_recorder_and_its_receiver_without_any_rights_record_pull_answer_and_end_in_order()
    {
        Assert.SkipUnless(Sandbox.Missing is null, Sandbox.Missing ?? "");
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var there = new TempConfig([new ShowLines("show", station.Address, "copy"), new ShowLines("heard", station.Address, "opus")]);
        await using var recorder = await Sandbox.Start(UnitFiles.Record, there.Home, ["record", "-c", there.File]);
        var address = new Uri((await recorder.Line(Listening())).Groups[1].Value);
        using var here = new TempReceiver(address);
        await using var receiver = await Sandbox.Start(UnitFiles.Receiver, here.Home, ["receiver", "-c", here.File]);

        using var client = new HttpClient { BaseAddress = new Uri((await receiver.Line(Listening())).Groups[1].Value) };
        await using (var commits = new CommitWatch(client, "/api/events"))
        {
            await commits.Reaches("show", 2);
            await commits.Reaches("heard", 2);
        }

        foreach (var process in (AudioRelayProcess[])[recorder, receiver])
        {
            var status = await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
            Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status, StringComparison.Ordinal);
            Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
            Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
            Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
        }

        using var playlist = await client.GetAsync("/show/heard/opus-playlist.m3u8", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, playlist.StatusCode);
        Assert.Equal(0, await receiver.Terminate());
        Assert.Equal(0, await recorder.Terminate());
        Assert.Equal([], Sandbox.Refused(there.Home));
        Assert.Equal([], Sandbox.Refused(here.Home));
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}
