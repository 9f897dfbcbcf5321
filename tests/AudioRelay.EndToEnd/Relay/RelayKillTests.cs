using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>
/// <c>kill -9</c> of receiver, recorder and PostgreSQL at random moments while a station plays: what two receivers have at the end, one with
/// files and one with PostgreSQL, is what the recorder has.
/// </summary>
public sealed class RelayKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Receiver_recorder_and_database_are_killed_and_nothing_is_lost_or_there_twice()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        var each = Environment.GetEnvironmentVariable("AUDIORELAY_LONG") is null ? 30 : 100;
        var start = TimeProvider.System.GetTimestamp();
        await using var relay = await KilledRelay.Start(await MadeSound.Mp3(60 + (each * 20), 64));
        // Whoever is killed, the others are at any stage of dying and coming back; only a receiver's own database is there when it starts.
        var files = Kill(Enumerable.Repeat<Func<Task>>(() => relay.KillReceiver(0), each / 2), new Random(20_261_120));
        var recorder = Kill(Enumerable.Repeat<Func<Task>>(relay.KillRecorder, each), new Random(20_261_121));
        var receivers = Enumerable.Repeat<Func<Task>>(() => relay.KillReceiver(1), each - (each / 2));
        var database = Kill([.. receivers, .. Enumerable.Repeat<Func<Task>>(relay.KillPostgres, each)], new Random(20_261_122));
        await Task.WhenAll(files, recorder, database);

        var killed = TimeProvider.System.GetElapsedTime(start);
        var segments = await relay.CatchUp();
        var caughtUp = TimeProvider.System.GetElapsedTime(start) - killed;
        output.WriteLine(
            FormattableString.Invariant(
                $"{3 * each} kills, {each} of each, in {killed.TotalSeconds:0} s; all of {segments} segments there after {caughtUp.TotalSeconds:0.0} s"
            )
        );
        // As a sign that there was something to lose: the station played all the time.
        Assert.InRange(segments, each * KilledRelay.Shows.Length / 2, int.MaxValue);
    }

    private static async Task Kill(IEnumerable<Func<Task>> kills, Random chance)
    {
        var order = kills.ToArray();
        chance.Shuffle(order);
        foreach (var kill in order)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.3 + (chance.NextDouble() * 1.4)), TimeProvider.System, CancellationToken.None);
            await kill();
        }
    }
}
