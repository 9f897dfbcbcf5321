using System.Globalization;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>How far behind its station a receiver's listener is, by ear: the station changes its tone, and Chromium hears it so much later.</summary>
/// <remarks><c>AUDIORELAY_LIVE_ROUNDS</c> listens anew so many times, for the figures of docs/benchmarks.md.</remarks>
[Collection(AloneCollection.Name)]
public sealed partial class RelayLiveTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private static readonly int[] Splits = [1, 2, 6];
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("AUDIORELAY_LIVE_ROUNDS") ?? "1",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task Live_is_a_few_seconds_behind_the_station_by_ear_and_as_many_as_the_page_says()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        var script = new StationScript { Source = await Scale.Make() };
        await using var station = new SocketStation(script, TimeProvider.System);
        using var there = new TempConfig(Splits.Select(split => new ShowLines(Show(split), station.Address, "opus", split)));
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        await using var receiver = await ReceiverRun.Start(here);
        var startMs = station.Station.StartUs / 1000;
        for (var round = 0; round < Rounds; round++)
        {
            var heard = await Task.WhenAll(Splits.Select(split => Listen(receiver, split, startMs)));
            foreach (var (split, changes) in Splits.Zip(heard))
            {
                foreach (var (behind, said, stalls) in changes)
                {
                    output.WriteLine(
                        FormattableString.Invariant(
                            $"split {split} s: {behind:0.0} s behind by ear, the page says {said} s, {stalls} stalls"
                        )
                    );
                    // A segment to be complete, half of one until the list is read, one to begin with, and the way.
                    Assert.InRange(behind, split, (2.5 * split) + 3.5);
                    Assert.InRange(said, behind - 1.5, behind + 1.5);
                }

                Assert.InRange(changes[^1].Stalls, 0, 1);
            }
        }
    }

    private async Task<IReadOnlyList<(double Behind, int Said, int Stalls)>> Listen(ReceiverRun receiver, int split, long startMs)
    {
        var show = Show(split);
        // As much as live is behind the end of the list (web/src/player/liveDistance.ts), so that it need not begin nearer.
        await receiver.Events.Reaches(show, (long)Math.Ceiling(((1.5 * split) + 1) / split));
        var player = await HeardPage.Open(browser, new Uri(receiver.Address, $"/#/show/{show}"));
        await player.Page.GetByText("Press play to listen live").WaitForAsync();
        await player.Page.EvaluateAsync(Scale.Watch);
        await player.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await player.Page.GetByText("behind live").WaitForAsync();
        var changes = await player.Page.EvaluateAsync<string[]>(Scale.Hear, new { startMs, count = 3 });
        await player.Page.CloseAsync();
        return
        [
            .. changes
                .Select(change => change.Split('|'))
                .Select(parts =>
                    (
                        double.Parse(parts[0], CultureInfo.InvariantCulture),
                        Seconds(parts[1]),
                        int.Parse(parts[2], CultureInfo.InvariantCulture)
                    )
                ),
        ];
    }

    private static string Show(int split) => $"pieces-{split}";

    private static int Seconds(string said) => int.Parse(Number().Match(said).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
