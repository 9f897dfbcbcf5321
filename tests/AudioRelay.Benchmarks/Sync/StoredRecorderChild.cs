using AudioRelay.Http;
using AudioRelay.Http.Shows;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>A recorder's HTTP face over a file that is there already, in a process of its own.</summary>
internal static class StoredRecorderChild
{
    public const string Verb = "child-stored-recorder";

    public static async Task<int> Run(string[] arguments)
    {
        await using var reader = SqliteShowReader.Open(arguments[0]);
        var info = await reader.InfoAsync();
        var feed = new CommitFeed();
        feed.Publish(new ShowPosition(info.Name, info.UniqueId, info.MaxId ?? 0, info.JournalSeq));
        var catalog = new ShowCatalog(ShowModes.Record);
        catalog.Set(new ServedShow(info.Name, reader, Path.GetFileName(arguments[0])));
        await using var server = await RelayServer.StartAsync(
            new RelayServerOptions { Port = 0 },
            catalog,
            feed,
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await Console.Out.WriteLineAsync($"{server.Address}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            await Console.Out.WriteLineAsync("there");
        }

        return 0;
    }
}
