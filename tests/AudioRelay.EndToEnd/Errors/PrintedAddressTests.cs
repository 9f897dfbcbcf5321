using System.Net;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Errors;

/// <summary>What the programs tell people to open.</summary>
public sealed partial class PrintedAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task B33_Every_address_that_a_role_prints_is_whole_and_answers()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var there = new TempConfig([new ShowLines("news", station.Address, "copy")]);
        await using var recorder = await RecorderRun.Start(there);
        await recorder.Commits.Reaches("news", 2);
        await Answer(recorder.Process);
        using var here = new TempReceiver(recorder.Address);
        await using var receiver = await ReceiverRun.Start(here);
        await Answer(receiver.Process);
        await using var inspect = await InspectRun.Start(there.Home, there.Database("news"));
        await Answer(inspect.Process);
        // It has no sync endpoint, and names none.
        Assert.DoesNotContain("sync", inspect.Process.Said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Answer(AudioRelayProcess process)
    {
        var addresses = Address().Matches(process.Said).Select(match => new Uri(match.Value)).ToArray();
        Assert.NotEmpty(addresses);
        using var client = new HttpClient();
        foreach (var address in addresses)
        {
            Assert.True(address.Port is > 0 and not 80, $"{address} has lost its port");
            using var answer = await client.GetAsync(address, Token);
            Assert.Equal((address, HttpStatusCode.OK), (address, answer.StatusCode));
        }
    }

    [GeneratedRegex(@"\bhttps?://[^\s,;'""]*[^\s,;'"".]")]
    private static partial Regex Address();
}
