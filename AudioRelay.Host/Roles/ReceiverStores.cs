using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;

namespace AudioRelay.Host.Roles;

/// <summary>Where a receiver keeps its shows: files, unless a database server is configured.</summary>
internal static class ReceiverStores
{
    /// <param name="options">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Theirs alone.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CliException">They cannot be opened; says why and what to do.</exception>
    public static Task<IReceivedStores> OpenAsync(ReceiverOptions options, TimeProvider time, Random random, CancellationToken stop)
    {
        var config = options.Config;
        stop.ThrowIfCancellationRequested();
        try
        {
            return config.Database is null
                ? Task.FromResult<IReceivedStores>(
                    SqliteReceivedStores.Open(config.DataDirectory, time, random, config.Runtime.StorageThreads)
                )
                : throw new CliException("PostgreSQL comes with the next commits; leave [database] out to keep shows in files.");
        }
        catch (StorageException error)
        {
            throw new CliException(error.Message, cause: error);
        }
    }

    /// <summary>For people: where it is.</summary>
    public static string Place(ReceiverOptions options) =>
        options.Config.Database is { } database
            ? $"PostgreSQL at {database.Url.Host}"
            : Path.Combine(options.Config.DataDirectory, "shows");
}
