using AudioRelay.Storage;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;

namespace AudioRelay.Host.Roles;

/// <summary>Where a receiver keeps its shows: files, unless a database server is configured.</summary>
internal static class ReceiverStores
{
    /// <summary>Opens them. A database server is not asked anything yet.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Theirs alone.</param>
    /// <exception cref="CliException">They cannot be opened; says why and what to do.</exception>
    public static IReceivedStores Open(ReceiverOptions options, TimeProvider time, Random random)
    {
        var config = options.Config;
        try
        {
            return config.Database is null
                ? SqliteReceivedStores.Open(config.DataDirectory, time, random, config.Runtime.StorageThreads)
                : OnServer(options, time, random);
        }
        catch (Exception error) when (error is StorageException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(error.Message, cause: error);
        }
    }

    /// <summary>The stores on the configured database server.</summary>
    /// <exception cref="FormatException">The URL is not one.</exception>
    public static PostgresReceivedStores OnServer(ReceiverOptions options, TimeProvider time, Random random)
    {
        var database = options.Config.Database ?? throw new InvalidOperationException("No database is configured.");
        return new PostgresReceivedStores(
            new PostgresOptions
            {
                Url = database.Url,
                Password = options.DatabasePassword?.Reveal(),
                Prefix = database.Prefix,
                MaxConnections = options.Config.MaxConnections,
            },
            time,
            random
        );
    }

    /// <summary>For people: where it is.</summary>
    public static string Place(ReceiverOptions options) =>
        options.Config.Database is { } database
            ? $"PostgreSQL at {database.Url.Host}"
            : Path.Combine(options.Config.DataDirectory, "shows");
}
