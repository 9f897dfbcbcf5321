using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Threads;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>Everything a show holds while it can be recorded: its store, the channel to it, its capture and its spool.</summary>
/// <remarks>Outlives its actor's restarts: a fault in the actor costs no sound.</remarks>
public sealed class ShowRecording : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainEvery = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _time;
    private readonly StoreWriter _store;
    private readonly SegmentWriter _segments;
    private readonly FileSpool _spool;

    private ShowRecording(
        ShowPlan plan,
        TimeProvider time,
        StoreWriter store,
        SegmentWriter segments,
        FileSpool spool,
        ShowCapture capture,
        SqliteShowReader reader
    )
    {
        (Plan, _time, _store, _segments, _spool, Capture, Reader) = (plan, time, store, segments, spool, capture, reader);
    }

    /// <summary>How it is recorded. Schedule and retention may change.</summary>
    public ShowPlan Plan { get; internal set; }

    /// <summary>Takes the frames.</summary>
    public ShowCapture Capture { get; }

    /// <summary>Reads what is kept.</summary>
    public IShowReader Reader { get; }

    /// <summary>The database file.</summary>
    public string Path => _store.Path;

    /// <summary>The newest window in the journal; kept up to date by the show's actor.</summary>
    internal WindowInfo? LastWindow { get; set; }

    /// <summary>Completes when the writer has ended; faults when it failed for good.</summary>
    internal Task WriterEnded => _segments.Completion;

    /// <summary>What keeps sound from being written now; null when nothing does.</summary>
    public GapCause? WriterTrouble => _segments.Trouble;

    /// <summary>Has the show's actor told of a full disk, and with null of room on it. Called by the writer.</summary>
    internal void TellWriterTrouble(Action<GapCause?> tell) => _segments.TroubleChanged = tell;

    /// <summary>Opens a show for recording: takes its lock, migrates its file, and stores what the spool kept of a process that was killed.</summary>
    /// <exception cref="StorageException">The file cannot be recorded to, and why.</exception>
    public static async Task<ShowRecording> OpenAsync(ShowPlan plan, RecorderParts parts, CancellationToken token)
    {
        var path = System.IO.Path.Combine(parts.OutputDirectory, plan.Name + ".sqlite");
        string? uniqueId = null;
        var options = new StoreOptions
        {
            Committed = result =>
                parts.Feed.Publish(new Sync.Feed.ShowPosition(plan.Name, uniqueId ?? "", result.MaxId, result.JournalSeq)),
        };
        var store = await parts.Threads.OpenAsync(path, Settings(plan), parts.NewRandom(), options, token);
        uniqueId = store.UniqueId;
        SqliteShowReader? reader = null;
        FileSpool? spool = null;
        try
        {
            var spoolPath = System.IO.Path.Combine(parts.OutputDirectory, plan.Name + ".spool");
            var nowUs = Moment.Of(parts.Time).UtcUs;
            var last = await store.RunAsync(s => s.LastSection, token);
            var recovered = SpoolRecovery.Recover(FileSpool.Read(spoolPath), last, nowUs);
            if (recovered.Batch is { IsEmpty: false } batch)
            {
                await store.CommitAsync(batch, token);
            }

            var (covered, newest, position) = await store.RunAsync(s => (s.CoveredUntilUs, s.LastSection, s.Position), token);
            parts.Feed.Publish(new Sync.Feed.ShowPosition(plan.Name, uniqueId, position.MaxId, position.JournalSeq));
            reader = SqliteShowReader.Open(path);
            var windows = await reader.WindowsAsync(new UtcRange(long.MinValue, long.MaxValue), token);
            spool = new FileSpool(spoolPath);
            var segments = new SegmentWriter(store, parts.Time);
            var capture = CaptureGraph.Show(
                plan.Capture,
                parts.Codecs,
                segments,
                spool,
                new Capture.ShowPosition(newest?.Id ?? 0, covered),
                recovered.Resume
            );
            return new ShowRecording(plan, parts.Time, store, segments, spool, capture, reader)
            {
                LastWindow = windows.Count == 0 ? null : windows[^1],
            };
        }
        catch
        {
            spool?.Dispose();
            if (reader is not null)
            {
                await reader.DisposeAsync();
            }

            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes journal entries, all or none.</summary>
    internal async Task Journal(IReadOnlyList<JournalBody> entries, long nowUs, CancellationToken token)
    {
        var batch = new StoreBatch();
        foreach (var entry in entries)
        {
            batch.Add(nowUs, entry);
        }

        await _store.CommitAsync(batch, token);
    }

    /// <summary>Removes sections that ended before the limit.</summary>
    internal Task<Storage.Retention.RetentionReport> Retain(long limitUs, TimeProvider time, CancellationToken token) =>
        Storage.Retention.RetentionRun.RunAsync(_store, limitUs, time, token);

    /// <summary>Writes what was accepted and closes everything. The capture must be detached by then.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Drain();
            Capture.Dispose();
            await _segments.DisposeAsync();
        }
        finally
        {
            // Whatever the writer ended with: a lock that is not let go of keeps the show from being opened again.
            _spool.Dispose();
            await Reader.DisposeAsync();
            await _store.DisposeAsync();
        }
    }

    /// <summary>Lets the capture hand over what a full channel had kept back. What does not get through is in the spool.</summary>
    private async Task Drain()
    {
        using var again = new PeriodicTimer(DrainEvery, _time);
        var since = _time.GetTimestamp();
        while (!Capture.Drain(Moment.Of(_time).MonoUs) && _segments.Trouble is null && _time.GetElapsedTime(since) < DrainLimit)
        {
            await again.WaitForNextTickAsync();
        }
    }

    private static ShowSettings Settings(ShowPlan plan)
    {
        var capture = plan.Capture;
        return capture.Format switch
        {
            StoredFormat.Opus => new(plan.Name, "opus", Kilobits(capture.Bitrate, 16), 48000),
            StoredFormat.Aac => new(plan.Name, "aac", Kilobits(capture.Bitrate, 32), 16000),
            StoredFormat.Wav => new(plan.Name, "wav", 0, 0),
            _ => new(plan.Name, "copy", 0, 0),
        };

        static int Kilobits(int bitsPerSecond, int otherwise) => bitsPerSecond == 0 ? otherwise : bitsPerSecond / 1000;
    }
}
