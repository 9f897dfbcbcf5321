using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Host.Doctor;

/// <summary>SQLite: is it here, and new enough.</summary>
internal static class SqliteFinding
{
    private static readonly Version Least = new(3, 35); // RETURNING
    private static readonly string[] Remedies =
    [
        "Debian, Ubuntu: apt-get install libsqlite3-0",
        "macOS:          it is part of the system",
        "Windows:        it is part of the system (winsqlite3.dll)",
    ];

    public static Finding Look()
    {
        try
        {
            var found = SqliteLibrary.Version();
            return Version.TryParse(found, out var version) && version >= Least
                ? new Finding(FindingState.Ok, "sqlite", $"{found} (keeps the recordings)")
                : new Finding(FindingState.Missing, "sqlite", $"{found} is older than {Least}", Remedies);
        }
        catch (StorageException)
        {
            return new Finding(FindingState.Missing, "sqlite", "not found (keeps the recordings)", Remedies);
        }
    }
}
