namespace AudioRelay.Streams.Capture;

/// <summary>A show's spool on disk, <c>&lt;name&gt;.spool</c> beside its database.</summary>
public sealed class FileSpool : ISpoolFile, IDisposable
{
    private readonly string _path;
    private FileStream? _file;

    /// <summary>A spool at this path. Nothing is touched before the first write.</summary>
    /// <param name="path">The file.</param>
    public FileSpool(string path) => _path = path;

    /// <summary>What is there; empty when there is nothing.</summary>
    /// <param name="path">The file.</param>
    public static byte[] Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : [];

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        // No buffer of ours: what Append was given must be the kernel's when it returns, or a kill would take it along.
        _file ??= Open(_path, FileMode.Append);
        _file.Write(bytes);
    }

    /// <inheritdoc/>
    public void Replace(ReadOnlySpan<byte> bytes) => Trim(bytes, 0);

    /// <inheritdoc/>
    public void Trim(ReadOnlySpan<byte> head, long keep)
    {
        var next = _path + ".new";
        using (var file = Open(next, FileMode.Create))
        {
            file.Write(head);
            if (keep > 0)
            {
                using var now = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                now.Seek(-keep, SeekOrigin.End);
                now.CopyTo(file);
            }
        }

        _file?.Dispose();
        _file = null;
        File.Move(next, _path, overwrite: true);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
