using AudioRelay.Storage.Receiving;
using Npgsql;
using NpgsqlTypes;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Copies the sound of a pull, in the caller's transaction. It stays open from batch to batch: while the server works off what it has been sent, the
/// next batch is planned.
/// </summary>
internal sealed class SoundCopy(NpgsqlConnection connection) : IAsyncDisposable
{
    private NpgsqlBinaryImporter? _copy;

    /// <summary>Sends segments; their bytes are not looked at any more afterwards. Nothing else can be asked on the connection until the end.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<PlannedSegment> segments, CancellationToken cancel)
    {
        foreach (var (id, _, starts, pulled, _) in segments)
        {
            var copy = _copy ??= await connection.BeginBinaryImportAsync(
                "copy segments (id, timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data) from stdin (format binary)",
                cancel
            );
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(id, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(pulled.TimestampMs, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(starts ? 1 : 0, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(pulled.SectionId, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(pulled.DurationSamples, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(pulled.Data, NpgsqlDbType.Bytea, cancel);
        }
    }

    /// <summary>Ends what was begun, if anything was: all that was sent is written.</summary>
    public async ValueTask EndAsync(CancellationToken cancel)
    {
        if (_copy is { } copy)
        {
            await copy.CompleteAsync(cancel);
            await copy.DisposeAsync();
            _copy = null;
        }
    }

    /// <summary>Gives up what was not ended.</summary>
    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;
}
