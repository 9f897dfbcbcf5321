using AudioRelay.Storage;
using AudioRelay.Storage.Postgres;

namespace AudioRelay.Host.Doctor;

/// <summary>The database server: does it let us in, and may we create what a new show needs.</summary>
internal static class DatabaseFinding
{
    public static async Task<Finding> LookAsync(PostgresReceivedStores stores, CancellationToken stop)
    {
        try
        {
            var server = await stores.LookAsync(stop);
            return server.MayCreateDatabases
                ? new Finding(FindingState.Ok, "database", $"PostgreSQL {server.Version}; databases may be created")
                : new Finding(
                    FindingState.Missing,
                    "database",
                    $"PostgreSQL {server.Version}: '{server.User}' may not create databases, and each show needs one",
                    [$"as the server's administrator: alter role \"{server.User}\" createdb;"]
                );
        }
        catch (StorageException error)
        {
            return new Finding(FindingState.Missing, "database", error.Message);
        }
    }
}
