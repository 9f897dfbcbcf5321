using System.Collections.Concurrent;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Http;
using AudioRelay.Http.Shows;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Benchmarks.Playback;

/// <summary>The server of one show, in a process of its own, and beside it the peer: a server with nothing behind it.</summary>
internal static class ServerChild
{
    public const string Verb = "child-server";

    public static async Task<int> Run(string[] arguments)
    {
        await using var reader = SqliteShowReader.Open(arguments[0]);
        await using var relay = await RelayServer.StartAsync(
            arguments is [_, var cache]
                ? new RelayServerOptions { Port = 0, SegmentCacheBytes = long.Parse(cache) }
                : new RelayServerOptions { Port = 0 },
            new SingleShowCatalog(new ServedShow("show", reader, Path.GetFileName(arguments[0]))),
            new CommitFeed(),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await using var bare = await StartBare();
        await Console.Out.WriteLineAsync($"{relay.Address} {bare.Urls.First()}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            await Console.Out.WriteLineAsync($"{CpuTime.Now.Ticks}");
        }

        return 0;
    }

    private static async Task<WebApplication> StartBare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var bodies = new ConcurrentDictionary<int, byte[]>();
        app.MapGet("/{length:int}", (int length) => TypedResults.Bytes(bodies.GetOrAdd(length, static l => new byte[l])));
        await app.StartAsync();
        return app;
    }
}
