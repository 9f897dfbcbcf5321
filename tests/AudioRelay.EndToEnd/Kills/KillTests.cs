using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Kills;

/// <summary>
/// <c>kill -9</c> at random moments. Three recorders at once, each with three shows of one station; two stations replay 8 s to a new
/// listener, as Icecast does, the third only half a second.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>What was heard and not yet in the spool when it was killed; and frames are counted whole.</summary>
    public static readonly TimeSpan MostLost = TimeSpan.FromSeconds(1.03);

    private const int Lanes = 3;

    [Fact]
    public async Task Killed_at_random_moments_it_keeps_what_it_committed_and_loses_a_second_at_most()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        var kills = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 30 : 300;
        var seconds = 60 + (kills / Lanes * 10);
        var source = await MadeSound.Mp3(seconds, 64);
        var lanes = Enumerable
            .Range(0, Lanes)
            .Select(lane => new KillLane(lane, source, seconds * 44_100L / 1152, lane == Lanes - 1 ? 4_000 : 65_536, kills / Lanes))
            .ToArray();
        try
        {
            await Task.WhenAll(lanes.Select(lane => lane.Run()));
            var slowness = lanes.Max(lane => lane.Slowness);
            foreach (var lane in lanes)
            {
                output.WriteLine($"lane {lane.Number}: {string.Join(", ", lane.Kills)}");
            }

            var all = lanes.SelectMany(lane => lane.Kills).ToArray();
            var covered = lanes[..^1].SelectMany(lane => lane.Kills).ToArray();
            var restarts = all.Select(kill => kill.RecordingAgain.TotalSeconds).Order().ToArray();
            var nothingLost = covered.Count(kill => kill.Missing == TimeSpan.Zero);
            output.WriteLine($"{all.Length} kills, {lanes.Sum(lane => lane.Checked)} acknowledged segments, every one intact");
            output.WriteLine($"with a burst that covers the restart, {nothingLost} of {covered.Length} lost nothing at all");
            output.WriteLine($"heard and lost: at most {all.Max(kill => kill.Lost.TotalSeconds):0.00} s");
            output.WriteLine($"recording again: median {restarts[restarts.Length / 2]:0.00} s, longest {restarts[^1]:0.00} s");
            output.WriteLine($"(the program's mere start took up to {slowness:0.0} times as long as on a quiet machine)");

            Assert.All(all, kill => Assert.True(kill.Lost <= MostLost, $"lost {kill}"));
            Assert.True(nothingLost >= covered.Length * 0.8, $"only {nothingLost} of {covered.Length} lost nothing");
            Assert.True(restarts[^1] <= 3 * slowness, $"recording again only after {restarts[^1]:0.00} s");
        }
        finally
        {
            foreach (var lane in lanes)
            {
                await lane.DisposeAsync();
            }
        }
    }
}
