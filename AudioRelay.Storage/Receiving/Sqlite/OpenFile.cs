using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Threads;

namespace AudioRelay.Storage.Receiving.Sqlite;

/// <summary>A show's file while somebody has it open.</summary>
internal sealed class OpenFile(ReceivedFile file, SqliteShowReader reader, StorageThread thread)
{
    public ReceivedFile File { get; } = file;

    public SqliteShowReader Reader { get; } = reader;

    public StorageThread Thread { get; } = thread;

    /// <summary>How many have it open; under the gate of the stores.</summary>
    public int Users { get; set; }
}
