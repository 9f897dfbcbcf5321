using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>Everything a show holds while it can be recorded: its store, the channel to it, its capture and its spool.</summary>
/// <remarks>Outlives its actor's restarts: a fault in the actor costs no sound.</remarks>
public sealed class ShowRecording : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly StoreWriter _store;
    private readonly SegmentWriter _segments;
    private readonly FileSpool _spool;
    private int _disposed;

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
        Journal = new ShowJournal(batch => store.CommitAsync(batch, CancellationToken.None));
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

    /// <summary>Up to here the journaled windows hold, whatever the schedule says now; UTC µs.</summary>
    internal long SettledUs { get; set; }

    /// <summary>Entries on their way to the store; of the show's actor.</summary>
    internal ShowJournal Journal { get; }

    /// <summary>The station has been told that this show listens, and has not let it go; of the show's actor.</summary>
    internal bool Listens { get; set; }

    /// <summary>Completes when the writer has ended; faults when it failed for good.</summary>
    internal Task WriterEnded => _segments.Completion;

    /// <summary>True when no sound is on its way to the store.</summary>
    internal bool IsWritten => _segments.IsIdle;

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
        SegmentWriter? segments = null;
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

            // On the writer's connection: a reader's would stay open for a show that nobody looks at.
            var (covered, newest, position, window) = await store.RunAsync(
                s => (s.CoveredUntilUs, s.LastSection, s.Position, s.LastWindow),
                token
            );
            parts.Feed.Publish(new Sync.Feed.ShowPosition(plan.Name, uniqueId, position.MaxId, position.JournalSeq));
            reader = SqliteShowReader.Open(path);
            spool = new FileSpool(spoolPath);
            segments = new SegmentWriter(store, parts.Time);
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
                LastWindow = window,
                SettledUs = covered ?? long.MinValue,
            };
        }
        catch
        {
            await LetGo(segments, spool, reader, store);
            throw;
        }
    }

    /// <summary>Removes sections that ended before the limit.</summary>
    internal Task<Storage.Retention.RetentionReport> Retain(long limitUs, TimeProvider time, CancellationToken token) =>
        Storage.Retention.RetentionRun.RunAsync(_store, limitUs, time, token);

    /// <summary>
    /// Waits until all sound that the capture has finished is in the store; not for a disk that is full, since the spool has what is missing.
    /// The capture must be detached.
    /// </summary>
    internal async Task Written(CancellationToken token)
    {
        using var limit = new CancellationTokenSource(DrainLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            var progress = _segments.NextProgress(); // taken first: what happens while we look counts too
            while (!Capture.Drain(Moment.Of(_time).MonoUs) && _segments.Trouble is null && !_segments.Completion.IsCompleted)
            {
                await progress.WaitAsync(either.Token);
                progress = _segments.NextProgress();
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // Past the limit.
        }
    }

    /// <summary>Writes what was accepted, sound and journal; what is kept can be read on. The capture must be detached by then.</summary>
    internal async Task FinishAsync()
    {
        try
        {
            await Written(CancellationToken.None);
            await Journal.WriteAsync();
        }
        catch (StorageException)
        {
            // The disk is full or broken: whoever waits for the writer has heard it, and the lock must be let go all the same.
        }
    }

    /// <summary>Writes what was accepted and closes everything. The capture must be detached by then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await FinishAsync();
            Capture.Dispose();
        }
        finally
        {
            await LetGo(_segments, _spool, Reader, _store);
        }
    }

    private static async Task LetGo(SegmentWriter? segments, FileSpool? spool, IShowReader? reader, StoreWriter store)
    {
        try
        {
            if (segments is not null)
            {
                await segments.DisposeAsync();
            }

            spool?.Dispose();
            if (reader is not null)
            {
                await reader.DisposeAsync();
            }
        }
        finally
        {
            await store.DisposeAsync(); // it has the lock
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
