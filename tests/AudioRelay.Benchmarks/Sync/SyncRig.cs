using System.Globalization;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Storing;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>A recorder's file that is pulled, and the pulling.</summary>
internal static class SyncRig
{
    private const long StartUs = 1_700_000_000_000_000;
    private const int PerDay = 24 * 3600 / ShowFill.SegmentSeconds;
    private const int PerCommit = 100;

    /// <summary>Sound that does not pack.</summary>
    public static byte[] Blob(int length)
    {
        var blob = new byte[length];
        new Random(1).NextBytes(blob);
        return blob;
    }

    /// <summary>Writes a show of sections of a day; the last may be shorter.</summary>
    public static void Write(string path, int segments, byte[] blob)
    {
        using var store = ShowStore.Open(path, ShowFill.Settings, new Random(1));
        var fill = new ShowFill(store, blob);
        for (var day = 0; day * PerDay < segments; day++)
        {
            // The days do not touch, as if the recorder had been restarted in between.
            var startUs = StartUs + (day * 86_460_000_000L);
            var count = Math.Min(PerDay, segments - (day * PerDay));
            fill.Section(startUs, count, Math.Min(PerCommit, count));
        }
    }

    /// <summary>The server's address with the password that its user has in tests.</summary>
    public static string Url(PostgresServer server) =>
        server.Url.Replace($"{PostgresServer.User}@", $"{PostgresServer.User}:{PostgresServer.Password}@", StringComparison.Ordinal);

    /// <summary>Lets a new receiver pull all of it.</summary>
    /// <param name="recorder">The recorder's address.</param>
    /// <param name="stores">Where to.</param>
    /// <param name="segments">How many there are.</param>
    /// <param name="watch">Looks at the process now and then: how many are there, and its process; null for nobody.</param>
    public static async Task<PullResult> Pull(string recorder, string[] stores, int segments, Action<long, Child>? watch = null)
    {
        await using var receiver = Child.Start([ReceiverChild.Verb, recorder, .. stores]);
        await receiver.Hear();
        while (true)
        {
            var said = (await receiver.Ask("reached")).Split(' ');
            var reached = long.Parse(said[0], CultureInfo.InvariantCulture);
            watch?.Invoke(reached, receiver);
            if (reached >= segments)
            {
                var cpu = TimeSpan.FromTicks(long.Parse(said[1], CultureInfo.InvariantCulture));
                return new PullResult(CommitTime.Parse(await receiver.Ask("times")), cpu);
            }

            // Seldom enough not to disturb what is measured: the receiver keeps the times of its commits itself.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }
}
