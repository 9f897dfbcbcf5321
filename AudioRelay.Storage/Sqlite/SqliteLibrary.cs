using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace AudioRelay.Storage.Sqlite;

/// <summary>The system's SQLite library. None is shipped with the program, so that its fixes come with the system's updates.</summary>
public static class SqliteLibrary
{
    // The name the provider P/Invokes; no file of that name exists, the resolver maps it to the system's library.
    private const string ProviderName = "e_sqlite3";

    private static StorageException? _missing;

    private static string[] Names =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static string Remedy =>
        OperatingSystem.IsWindows() ? "It is part of Windows 10 and later; else put sqlite3.dll beside the program."
        : OperatingSystem.IsMacOS() ? "It is part of macOS; else: brew install sqlite"
        : "Debian, Ubuntu: apt-get install libsqlite3-0";

    /// <summary>Loads the library and tells its version.</summary>
    /// <exception cref="StorageException"><see cref="StorageFault.MissingLibrary"/>, with the name of the package to install.</exception>
    public static string Version()
    {
        Require();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    /// <summary>Throws what was wrong when the library was looked for.</summary>
    internal static void Require()
    {
        if (_missing is not null)
        {
            throw new StorageException(_missing.Fault, _missing.Message, _missing);
        }
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must stand before anything touches a type of the SQLite provider.")]
    internal static void Register()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
        }
        catch (DllNotFoundException error)
        {
            // Told when a store is opened, not when the assembly loads: a recorder without it must still be able to say what is missing.
            _missing = new StorageException(
                StorageFault.MissingLibrary,
                $"The SQLite library is not installed ({string.Join(", ", Names)}). {Remedy}",
                error
            );
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, ProviderName, StringComparison.Ordinal))
        {
            return 0;
        }

        foreach (var candidate in Names)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
