using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Commands with their values in the order of <c>$1</c>, <c>$2</c>, … A null value's type is said in the SQL.</summary>
internal static class PostgresSql
{
    /// <summary>A command of a connection, in its transaction when it has one.</summary>
    public static NpgsqlCommand Sql(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        Add(command.Parameters, values);
        return command;
    }

    /// <summary>Adds a command to a batch.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Add(command.Parameters, values);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Runs a command that answers nothing; gives the number of rows it changed.</summary>
    public static async ValueTask<int> RunAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancel,
        params object?[] values
    )
    {
        await using var command = connection.Sql(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The first value of the first row; default when there is no row or it is null.</summary>
    public static async ValueTask<T?> ValueAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancel,
        params object?[] values
    )
    {
        await using var command = connection.Sql(sql, values);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    /// <summary>All rows of a query.</summary>
    public static async ValueTask<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection,
        Func<NpgsqlDataReader, T> read,
        string sql,
        CancellationToken cancel,
        params object?[] values
    )
    {
        await using var command = connection.Sql(sql, values);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.AllAsync(read, cancel);
    }

    /// <summary>The remaining rows of the reader's current result.</summary>
    public static async ValueTask<List<T>> AllAsync<T>(this NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var all = new List<T>();
        while (await row.ReadAsync(cancel))
        {
            all.Add(read(row));
        }

        return all;
    }

    /// <summary>A number that may be null.</summary>
    public static long? LongOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A text that may be null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static void Add(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
