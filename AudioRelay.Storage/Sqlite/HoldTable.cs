namespace AudioRelay.Storage.Sqlite;

/// <summary>The holds of a show. Used on the store's thread, as the store itself.</summary>
public sealed class HoldTable
{
    private readonly Action<Action> _transact;
    private readonly Database _database;

    internal HoldTable(Action<Action> transact, Database database)
    {
        _transact = transact;
        _database = database;
    }

    /// <summary>Keeps a stretch of time from retention; no end means for ever.</summary>
    public Hold Add(long fromUs, long? untilUs, string reason)
    {
        var id = 0L;
        _transact(() =>
        {
            _database
                .Query("insert into holds (from_us, until_us, reason) values (?1, ?2, ?3)")
                .Bind(1, fromUs)
                .Bind(2, untilUs)
                .Bind(3, reason)
                .Run();
            id = _database.Long("select last_insert_rowid()");
        });
        return new Hold(id, fromUs, untilUs, reason);
    }

    /// <summary>Lets a hold go; false when there is none with that id.</summary>
    public bool Remove(long id)
    {
        var removed = false;
        _transact(() =>
        {
            _database.Query("delete from holds where id = ?1").Bind(1, id).Run();
            removed = _database.Long("select changes()") > 0;
        });
        return removed;
    }

    /// <summary>All holds.</summary>
    public IReadOnlyList<Hold> All()
    {
        var holds = new List<Hold>();
        using var row = _database.Query("select id, from_us, until_us, reason from holds order by id");
        while (row.Step())
        {
            holds.Add(new Hold(row.Long(0), row.Long(1), row.LongOrNull(2), row.Text(3)));
        }

        return holds;
    }
}
