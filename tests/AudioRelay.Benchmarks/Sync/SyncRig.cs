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
    /// <param name="source">The recorder.</param>
    /// <param name="stores">Where to.</param>
    /// <param name="segments">How many there are.</param>
    /// <param name="server">The database server's process; null without one.</param>
    /// <param name="watch">Looks at the process now and then: how many are there, and its process; null for nobody.</param>
    public static async Task<PullResult> Pull(
        StoredSource source,
        string[] stores,
        int segments,
        int? server = null,
        Func<long, Child, Task>? watch = null
    )
    {
        await using var receiver = Child.Start([ReceiverChild.Verb, source.Address, .. stores]);
        await receiver.Hear();
        (long Reached, PullCpu Cpu)? warm = null;
        while (true)
        {
            var reached = long.Parse(await receiver.Ask("reached"), CultureInfo.InvariantCulture);
            if (watch is not null)
            {
                await watch(reached, receiver);
            }

            var cpu = new PullCpu(
                ProcessCpu.Of(receiver.Process),
                ProcessCpu.Of(source.Process.Process),
                server is { } id ? ProcessCpu.OfTree(id) : TimeSpan.Zero
            );
            warm ??= reached >= segments * PullResult.Warm ? (reached, cpu) : null;
            if (reached >= segments)
            {
                var each = (cpu - warm!.Value.Cpu) / Math.Max(1, segments - warm.Value.Reached);
                return new PullResult(CommitTime.Parse(await receiver.Ask("times")), each);
            }

            // Seldom enough not to disturb what is measured: the receiver keeps the times of its commits itself.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }
}
