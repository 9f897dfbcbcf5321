using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>What a failure of the database means and what to do about it. Never says a password: neither the server nor its driver does.</summary>
internal static class PostgresFaults
{
    /// <summary>True for failures of the database that are known here; others are bugs and pass.</summary>
    public static bool IsOurs(Exception error) => error is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>True when the connection is of no use any more, and others to the same server probably neither.</summary>
    public static bool IsBroken(Exception error) => error is not PostgresException known || IsServerGoing(known.SqlState);

    /// <summary>The fault for people.</summary>
    /// <param name="error">What was caught.</param>
    /// <param name="address">The server.</param>
    /// <param name="database">The database it was about.</param>
    public static StorageException Map(Exception error, PostgresAddress address, string database)
    {
        if (error is PostgresException known)
        {
            return Map(known, address, database);
        }

        if (
            error is NpgsqlException
            && error.InnerException is null
            && error.Message.Contains("password", StringComparison.OrdinalIgnoreCase)
        )
        {
            return LoginRefused(error, address, "it wants a password and none is configured");
        }

        if (error.InnerException is AuthenticationException tls)
        {
            return new StorageException(
                StorageFault.Unreachable,
                $"There is no TLS connection to the PostgreSQL server {address.Server}: {tls.Message} See sslmode and sslrootcert in the URL.",
                error
            );
        }

        var why = (error.InnerException ?? error).Message.TrimEnd('.');
        return new StorageException(
            StorageFault.Unreachable,
            // Whether it is tried again is for who asked: a program that cannot start does not.
            $"The PostgreSQL server {address.Server} cannot be reached, or broke off: {why}. See that it runs.",
            error
        );
    }

    private static StorageException Map(PostgresException error, PostgresAddress address, string database)
    {
        StorageException Fault(StorageFault fault, string text) => new(fault, text, error);
        var said = error.MessageText;
        return error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => LoginRefused(
                error,
                address,
                said
            ),
            PostgresErrorCodes.DiskFull => new StorageFullException($"the database {database} on {address.Server}", error),
            PostgresErrorCodes.InsufficientPrivilege => Fault(
                StorageFault.NotAllowed,
                $"The user {address.User} may not do this on the PostgreSQL server {address.Server}: {said}. "
                    + $"Its administrator can allow it to create databases of its own: alter role \"{address.User}\" createdb"
            ),
            PostgresErrorCodes.TooManyConnections => Fault(
                StorageFault.Busy,
                $"The PostgreSQL server {address.Server} has no free connection: {said}. Raise its max_connections, or lower max_connections here."
            ),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected => Fault(
                StorageFault.Busy,
                $"Somebody else holds the database {database} on {address.Server}: {said}."
            ),
            PostgresErrorCodes.InvalidCatalogName => Fault(
                StorageFault.NotFound,
                $"There is no database {database} on the PostgreSQL server {address.Server}."
            ),
            PostgresErrorCodes.ReadOnlySqlTransaction => Fault(
                StorageFault.ReadOnly,
                $"The PostgreSQL server {address.Server} takes no writes: it is a standby, or set to read only."
            ),
            PostgresErrorCodes.IoError => Fault(StorageFault.IoError, $"The disk of the PostgreSQL server {address.Server} fails: {said}."),
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Fault(
                StorageFault.Corrupt,
                $"The database {database} on {address.Server} is damaged: {said}. Restore it from a backup, or drop it to pull the show anew."
            ),
            var state when IsServerGoing(state) => Fault(
                StorageFault.Unreachable,
                $"The PostgreSQL server {address.Server} is not there for us: {said}. See that it runs."
            ),
            _ => Fault(StorageFault.Unexpected, $"The database {database} on {address.Server}: {said} ({error.SqlState})."),
        };
    }

    private static StorageException LoginRefused(Exception error, PostgresAddress address, string why) =>
        new(
            StorageFault.LoginRefused,
            $"The PostgreSQL server {address.Server} refuses the user {address.User}: {why}. "
                + "See the user in the database URL and the password in the credentials.",
            error
        );

    // Shut down, crashed, starting, or cut off.
    private static bool IsServerGoing(string state) =>
        state
            is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or "25P03"
                or "57P05"
        || state.StartsWith("08", StringComparison.Ordinal);
}
