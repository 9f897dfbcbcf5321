using System.IO.Pipelines;

namespace AudioRelay.Streams.Export.Files;

/// <summary>
/// The exports a recorder has written to files, a folder for each show. A file has its name only when it is whole. Files are kept for
/// <see cref="KeptFor"/> and looked through at the start and every hour.
/// </summary>
/// <remarks>
/// It lies in the data directory and not beside the databases: where the sound has a disk of its own, exports cannot fill that one. Where
/// they share a disk, the last <see cref="Reserve"/> bytes of it are left to the recording.
/// </remarks>
public sealed class ExportFolder : IDisposable
{
    /// <summary>How long a file is kept after it was written.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Bytes of the disk that no export takes.</summary>
    public const long Reserve = 256 * 1024 * 1024;

    private const string Unfinished = ".part";
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly Func<long> _freeBytes;
    private readonly Action<string> _onTrouble;
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly ITimer _timer;

    /// <summary>Takes over a folder, and removes from it what is too old or was never finished.</summary>
    /// <param name="root">The folder; made when the first file is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onTrouble">Hears, for the log, why a file could not be removed.</param>
    /// <param name="freeBytes">Tells what room the disk has; null asks the system.</param>
    public ExportFolder(string root, TimeProvider time, Action<string> onTrouble, Func<long>? freeBytes = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_root, _time, _onTrouble) = (root, time, onTrouble);
        _freeBytes = freeBytes ?? (() => new DriveInfo(_root).AvailableFreeSpace);
        Prune(unfinished: true);
        _timer = time.CreateTimer(_ => LookAgain(), null, Look, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a show's one place; null while another export of it runs. Disposing the answer gives it back.</summary>
    /// <param name="show">The show's name, which is a folder's name here.</param>
    public IDisposable? TryBegin(string show)
    {
        lock (_running)
        {
            return _running.Add(show) ? new Place(this, show) : null;
        }
    }

    /// <summary>Writes a file; the one of the same name, if there is one, is replaced when this one is whole.</summary>
    /// <param name="show">The show's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Ends it; nothing is left behind then, nor when it fails.</param>
    /// <returns>The path below the data directory's <c>exports</c>: <c>{show}/{name}</c>.</returns>
    /// <exception cref="ExportDiskException">There is no room, or the folder cannot be written.</exception>
    public async Task<string> WriteAsync(string show, ExportFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        var folder = Path.Combine(_root, show);
        var unfinished = Path.Combine(folder, file.Name + Unfinished);
        try
        {
            Directory.CreateDirectory(folder);
            await using (var stream = new ReservingFile(unfinished, _freeBytes))
            {
                var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
                await file.Write(writer, cancel);
                await writer.CompleteAsync();
                stream.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(unfinished, _time.GetUtcNow().UtcDateTime);
            File.Move(unfinished, Path.Combine(folder, file.Name), overwrite: true);
            return $"{show}/{file.Name}";
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException and not ExportInterruptedException))
        {
            throw new ExportDiskException($"The export cannot be written: {error.Message}", error);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    /// <summary>The whole path of a file that <see cref="WriteAsync"/> has written and that is still kept; null when there is none.</summary>
    /// <param name="show">The show's name.</param>
    /// <param name="name">The file's name, as a client sent it.</param>
    public string? Find(string show, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(_root, show, name);
        var isName = Path.GetFileName(name) == name && !name.EndsWith(Unfinished, StringComparison.Ordinal);
        return isName && File.Exists(path) ? path : null;
    }

    /// <summary>Looks no more through the folder.</summary>
    public void Dispose() => _timer.Dispose();

    private void LookAgain()
    {
        Prune(unfinished: false);
        _timer.Change(Look, Timeout.InfiniteTimeSpan);
    }

    private void Prune(bool unfinished)
    {
        try
        {
            if (!Directory.Exists(_root))
            {
                return;
            }

            var oldest = (_time.GetUtcNow() - KeptFor).UtcDateTime;
            foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
            {
                var isUnfinished = file.EndsWith(Unfinished, StringComparison.Ordinal);
                if (isUnfinished ? unfinished : File.GetLastWriteTimeUtc(file) <= oldest)
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _onTrouble($"Old exports in {_root} cannot be removed, it is tried again in an hour: {error.Message}");
        }
    }

    private sealed class Place(ExportFolder folder, string show) : IDisposable
    {
        public void Dispose()
        {
            lock (folder._running)
            {
                folder._running.Remove(show);
            }
        }
    }
}
