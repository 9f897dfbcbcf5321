namespace AudioRelay.Streams.Export.Files;

/// <summary>A new file that stops before the disk is full: what records needs the rest.</summary>
internal sealed class ReservingFile(string path, Func<long> freeBytes)
    : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous)
{
    private const int LookEvery = 8 * 1024 * 1024;

    private long _unseen = LookEvery;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _unseen += buffer.Length;
        if (_unseen >= LookEvery)
        {
            _unseen = 0;
            if (freeBytes() < ExportFolder.Reserve)
            {
                throw new IOException(
                    $"the disk has less than {ExportFolder.Reserve / 1024 / 1024} MB left, which are kept for the recording."
                );
            }
        }

        return base.WriteAsync(buffer, cancellationToken);
    }
}
