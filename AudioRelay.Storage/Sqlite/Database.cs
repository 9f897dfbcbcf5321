using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// One connection with its prepared statements. Microsoft.Data.Sqlite opens it; statements run on the native handle, because there a blob is
/// bound from a span and nothing is boxed, copied or retried behind our back.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private Database(SqliteConnection connection, string path)
    {
        _connection = connection;
        Path = path;
        Handle = connection.Handle!;
    }

    public string Path { get; }

    public sqlite3 Handle { get; }

    /// <summary>True between <see cref="Begin"/> and its end, and also after a statement's fault that left the transaction open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public static Database OpenForWriting(string path) =>
        Open(path, new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate });

    public static Database OpenForReading(string path, bool immutable)
    {
        if (!File.Exists(path))
        {
            throw new StorageException(StorageFault.NotFound, $"Database file not found: {path}");
        }

        var source = immutable ? "file:" + Uri.EscapeDataString(System.IO.Path.GetFullPath(path)) + "?immutable=1" : path;
        return Open(path, new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly });
    }

    /// <summary>The statement for a text, prepared once. Dispose it when its rows are read; that resets it.</summary>
    public Statement Query(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new Statement(this, sql);
        }

        return statement.Use();
    }

    /// <summary>Runs a statement that is not needed again.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>The first column of the first row; null when there is none or it is null.</summary>
    public string? Text(string sql)
    {
        using var row = Query(sql);
        return row.Step() && !row.IsNull(0) ? row.Text(0) : null;
    }

    /// <summary>The first column of the first row; 0 when there is none or it is null.</summary>
    public long Long(string sql)
    {
        using var row = Query(sql);
        return row.Step() ? row.Long(0) : 0;
    }

    /// <summary>Takes the write lock at once, so that a transaction never has to upgrade (which SQLite answers with BUSY without waiting).</summary>
    public void Begin() => Run("begin immediate");

    public void BeginRead() => Run("begin");

    public void Commit() => Run("commit");

    /// <summary>Rolls back if a transaction is open. Some faults have already rolled it back inside SQLite.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            Run("rollback");
        }
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw SqliteFaults.ToException(code, raw.sqlite3_errmsg(Handle).utf8_to_string(), Path);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Finish();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    private void Run(string sql)
    {
        using var statement = Query(sql);
        statement.Step();
    }

    private static Database Open(string path, SqliteConnectionStringBuilder text)
    {
        SqliteLibrary.Require();
        text.Pooling = false;
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            return new Database(connection, path);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteFaults.ToException(error.SqliteExtendedErrorCode, error.Message, path);
        }
    }
}
