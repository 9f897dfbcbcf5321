using AudioRelay.Benchmarks.Measuring;

namespace AudioRelay.Benchmarks.Playback;

/// <summary>What a server did under the load of a few clients that ask again as soon as they have their answer.</summary>
/// <param name="Latency">How long each request took.</param>
/// <param name="Took">All of it.</param>
/// <param name="ServerCpu">CPU time of the server's process.</param>
internal sealed record ServerLoad(Durations Latency, TimeSpan Took, TimeSpan ServerCpu)
{
    private const int Clients = 8;

    public double PerSecond => Latency.Count / Took.TotalSeconds;

    public TimeSpan CpuEach => ServerCpu / Latency.Count;

    /// <summary>Lets the clients ask for a while.</summary>
    /// <param name="child">The server's process.</param>
    /// <param name="server">Its address.</param>
    /// <param name="path">What to ask for; given a source of chance.</param>
    /// <param name="length">For how long.</param>
    public static Task<ServerLoad> Of(Child child, Uri server, Func<Random, string> path, TimeSpan length) =>
        Of(() => Cpu(child), server, path, length);

    /// <inheritdoc cref="Of(Child, Uri, Func{Random, string}, TimeSpan)"/>
    /// <param name="used">CPU time of the server until now.</param>
    public static async Task<ServerLoad> Of(Func<Task<TimeSpan>> used, Uri server, Func<Random, string> path, TimeSpan length)
    {
        await Ask(server, path, length / 4); // until its code is compiled for speed
        var (cpu, began) = (await used(), TimeProvider.System.GetTimestamp());
        var latency = await Ask(server, path, length);
        return new ServerLoad(latency, TimeProvider.System.GetElapsedTime(began), await used() - cpu);
    }

    private static async Task<TimeSpan> Cpu(Child child) => TimeSpan.FromTicks(long.Parse(await child.Ask("cpu")));

    private static async Task<Durations> Ask(Uri server, Func<Random, string> path, TimeSpan length)
    {
        var all = new Durations();
        foreach (var one in await Task.WhenAll(Enumerable.Range(0, Clients).Select(seed => AskAlone(server, path, length, seed))))
        {
            all.Add(one);
        }

        return all;
    }

    private static async Task<Durations> AskAlone(Uri server, Func<Random, string> path, TimeSpan length, int seed)
    {
        var (random, taken) = (new Random(seed), new Durations());
        using var client = await KeepAliveClient.Connect(server);
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < length; )
        {
            await taken.TakeAsync(() => client.Get(path(random)));
        }

        return taken;
    }
}
