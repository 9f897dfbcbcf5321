using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Clock;
using AudioRelay.Streams.Capture.Matching;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// The station's half of a capture, for one URL: ICY split → frames → burst match, over up to two connections, pushing each new frame
/// once to every attached <see cref="ShowCapture"/>. Synchronous; one thread at a time.
/// </summary>
/// <remarks>
/// A connection is <i>undecided</i> until its burst is over: its frames wait. Then, by what is open and what they match:
/// <list type="table">
/// <item><term>nothing was recorded in the last minute</term><description>a run begins; the burst's length tells when its first frame was sounded</description></item>
/// <item><term>they contain the end of what was recorded</term><description>up to it they are dropped, the rest goes on: same run, same sections, nothing lost</description></item>
/// <item><term>… of what another process recorded (spool)</term><description>the same, and the repeated frames warm the decoders up; each show begins a section at its next sample</description></item>
/// <item><term>they begin with a repeat, and the clock says it was sent anew</term><description>the repeat is dropped, the sections end, a run begins</description></item>
/// <item><term>none of these</term><description>the sections end, a run begins; shows drop the frames whose time they already cover</description></item>
/// <item><term>it ended undecided, and something waits to be continued</term><description>what it sent is forgotten: half a burst cannot be judged</description></item>
/// <item><term>the live connection speaks again meanwhile</term><description>it lost nothing, it stays; the other is not wanted any more</description></item>
/// </list>
/// After a minute without a new frame the sections end; a connection that is still open is undecided again.
/// </remarks>
public sealed class StationCapture : IConnectionSink
{
    private const long HistoryUs = 60_000_000;
    private const long PauseUs = 1_000_000;
    private const long ClockStepUs = 2_000_000;
    private const long DateHalfUs = 500_000;

    // Long enough for any decoder's memory (an MP3 bit reservoir reaches back ten frames at most).
    private const int WarmUpFrames = 60;

    private readonly StationCaptureOptions _options;
    private readonly List<ShowCapture> _shows = [];
    private readonly List<StationConnection> _connections = [];
    private readonly ReadSpacing _spacing = new();
    private StationConnection? _live;
    private StationRun? _run;
    private readonly FrameHistory _history = new(1);
    private EndCause _suspendCause = EndCause.Disconnected;
    private long _utcOffsetUs;
    private long? _stationOffsetUs;
    private long? _lastBytesUs;
    private long? _lastFrameUs;
    private bool _paused;
    private long _frames;
    private long _skippedBefore;
    private long _splices;
    private long _breaks;
    private long _repeated;
    private long _preroll;
    private long _burstUs;
    private long? _dateAheadUs;
    private TitleBlock? _block;
    private (FrameFormat Format, byte[] Frame, long ArrivedUs)? _tail;
    private bool _ending;

    /// <summary>A station nothing was heard of yet.</summary>
    /// <param name="options">Limits.</param>
    public StationCapture(StationCaptureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The connection whose sound is recorded; null while there is none.</summary>
    public int? LiveConnection => _live?.Id;

    /// <summary>When the last new frame arrived (monotonic µs); null before the first.</summary>
    public long? LastFrameUs => _lastFrameUs;

    /// <summary>When the last bytes of any wanted connection arrived (monotonic µs); null before the first.</summary>
    public long? LastBytesUs => _lastBytesUs;

    /// <summary>The usual time between two reads of the live connection, in µs.</summary>
    public long UsualSpacingUs => _spacing.UsualUs;

    /// <summary>What can be told of it now.</summary>
    public StationCaptureStatus Status =>
        new()
        {
            State =
                _live is not null ? StationCaptureState.Live
                : _connections.Count > 0 ? StationCaptureState.Deciding
                : _run is not null ? StationCaptureState.Suspended
                : StationCaptureState.Idle,
            Format = _run?.Format,
            Frames = _frames,
            SkippedBytes = _skippedBefore + _connections.Sum(c => c.SkippedBytes),
            Splices = _splices,
            Breaks = _breaks,
            RepeatedFrames = _repeated,
            PrerollFrames = _preroll,
            OverlapFrames = _shows.Sum(s => s.OverlapFrames),
            BurstUs = _burstUs,
            StationClockAheadUs = _dateAheadUs,
            ClockDisagrees = Math.Abs(_dateAheadUs ?? 0) > ClockStepUs,
            Title = _block is { } block && IcyTitle.TryRead(block.Bytes, null, out var title) ? title : null,
        };

    private EndCause WhyNothingComes =>
        _live is null ? _suspendCause
        : _live.SendsNoAudio ? EndCause.NoAudio
        : EndCause.Silent;

    private long UtcOffsetUs => _options.TrustStationClock && _stationOffsetUs is { } station ? station : _utcOffsetUs;

    /// <summary>Whether a connection is still of use; one that is not shall be closed.</summary>
    /// <param name="connection">Its number.</param>
    public bool Wants(int connection) => Find(connection) is not null;

    /// <summary>Lets a show hear the station, from the next frame on.</summary>
    /// <param name="show">The show, with its window open.</param>
    /// <param name="now">Both clocks.</param>
    public void Attach(ShowCapture show, Moment now)
    {
        ArgumentNullException.ThrowIfNull(show);
        Read(now);
        _shows.Add(show);
        show.OnClock(UtcOffsetUs, now.MonoUs);
        show.ForgetTitle();
        show.TryAgain();
        if (_run is not null)
        {
            // What it could have gone on with has gone by while others listened.
            show.GiveUpResume();
        }

        if (_block is { } block)
        {
            show.OnBlock(block);
        }
    }

    /// <summary>Ends the show's section (flushed, padding declared) and forgets the show.</summary>
    /// <param name="show">The show.</param>
    /// <param name="cause">Why.</param>
    /// <param name="now">Both clocks.</param>
    public void Detach(ShowCapture show, EndCause cause, Moment now)
    {
        ArgumentNullException.ThrowIfNull(show);
        Read(now);
        if (_shows.Contains(show))
        {
            try
            {
                PushTail();
            }
            finally
            {
                // Whatever is wrong with the station's half: a show that leaves has left.
                _shows.Remove(show);
                show.Break(cause, now.MonoUs);
            }
        }
    }

    /// <summary>A connection was answered.</summary>
    /// <param name="connection">A number of the caller's, never used twice.</param>
    /// <param name="facts">What its headers said.</param>
    /// <param name="now">Both clocks, at the headers' arrival.</param>
    public void Opened(int connection, ConnectionFacts facts, Moment now)
    {
        Read(now);
        _connections.Add(new StationConnection(connection, facts, this));
        if (facts.Date is { } date)
        {
            // Whole seconds, cut off: on average it is half a second later than it says.
            var dateUs = (date - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            _dateAheadUs = dateUs + DateHalfUs - now.UtcUs;
            var offset = dateUs + DateHalfUs - now.MonoUs;
            if (_stationOffsetUs is not { } before || Math.Abs(offset - before) > ClockStepUs)
            {
                _stationOffsetUs = offset; // against the monotonic clock: what is done to our own is nothing to it
                ReadClock(now.MonoUs);
            }
        }
    }

    /// <summary>Bytes of a connection; ignored when it is not wanted (any more).</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="arrivedAtUs">Monotonic µs, read once per socket read.</param>
    public void Feed(int connection, ReadOnlySpan<byte> bytes, long arrivedAtUs)
    {
        var from = Find(connection);
        if (from is null || bytes.IsEmpty)
        {
            return;
        }

        if (from == _live)
        {
            _spacing.Add(_lastBytesUs, arrivedAtUs);
        }

        _lastBytesUs = arrivedAtUs;
        var before = _frames;
        from.Feed(bytes, arrivedAtUs);
        if (from == _live && _frames > before)
        {
            DropOthers(); // it spoke, so it lost nothing: no other can know more
        }

        DecideWhenOver(from, arrivedAtUs);
        foreach (var show in _shows)
        {
            show.OnTime(arrivedAtUs);
        }
    }

    /// <summary>A connection has ended, or was closed by us.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="cause">Why: it explains the gap, if there will be one.</param>
    /// <param name="now">Both clocks.</param>
    public void Closed(int connection, GapCause cause, Moment now)
    {
        Read(now);
        var ended = Find(connection);
        if (ended is null)
        {
            return;
        }

        _ending = true;
        ended.Flush();
        _ending = false;
        if (ended != _live && ended.Waiting.Count > 0 && !SomethingWaits(now.MonoUs))
        {
            Decide(ended, now.MonoUs);
        }

        if (ended == _live)
        {
            _live = null;
            _suspendCause = (EndCause)cause;
        }

        Drop(ended);
    }

    /// <summary>Time has passed. Call it four times a second, bytes or not.</summary>
    /// <param name="now">Both clocks.</param>
    public void Tick(Moment now)
    {
        Read(now);
        for (var i = _connections.Count - 1; i >= 0; i = Math.Min(i, _connections.Count) - 1)
        {
            DecideWhenOver(_connections[i], now.MonoUs);
        }

        if (!_paused && _lastBytesUs is { } bytes && now.MonoUs - bytes >= Math.Max(PauseUs, 2 * _spacing.UsualUs))
        {
            _paused = true;
            _shows.ForEach(show => show.Pause());
        }

        if (_run is not null && !SomethingWaits(now.MonoUs) && !IsDeciding())
        {
            GiveUp(now.MonoUs);
        }

        foreach (var show in _shows)
        {
            show.OnTime(now.MonoUs);
        }
    }

    void IConnectionSink.OnBlock(StationConnection from, TitleBlock block)
    {
        if (from == _live)
        {
            Announce(block);
        }
        else
        {
            from.WaitingBlocks.Add((from.Waiting.Count, block));
        }
    }

    void IConnectionSink.OnFrame(StationConnection from, in FrameFormat format, ReadOnlySpan<byte> frame)
    {
        if (from == _live && _ending)
        {
            // Whole, but nothing came behind it to confirm it: it counts if no other connection brings it.
            _tail = (format, frame.ToArray(), from.ArrivedUs);
            return;
        }

        if (from == _live)
        {
            Push(format, frame, FrameHash.Of(frame), from.ArrivedUs, startsDial: false);
            return;
        }

        if (!_connections.Contains(from))
        {
            return;
        }

        from.Waiting.Add(format, frame, FrameHash.Of(frame), from.ArrivedUs);
        from.Envelope.Observe(from.ArrivedUs, from.Waiting.EndUs);
        if (from.Waiting.Bytes >= _options.MostUndecidedBytes || from.Waiting.Count >= 2 * FrameHistory.Minute(format))
        {
            Decide(from, from.ArrivedUs);
        }
    }

    private void DecideWhenOver(StationConnection connection, long nowUs)
    {
        if (connection != _live && connection.Envelope.BurstIsOver(nowUs, (long)_options.LongestBurst.TotalMicroseconds))
        {
            Decide(connection, nowUs);
        }
    }

    private void Decide(StationConnection connection, long nowUs)
    {
        if (connection.Waiting.Count == 0)
        {
            return;
        }

        var resume = _run is null ? Resume(nowUs) : null;
        var match = Match(connection, resume, nowUs);
        _burstUs = connection.Envelope.BurstUs;
        _lastFrameUs = connection.Waiting.ArrivedUs(connection.Waiting.Count - 1); // also when all of it was a repeat
        if (match.Kind == BurstMatchKind.Splice)
        {
            _splices++;
            _tail = null;
            if (resume is not null)
            {
                Warm(connection, match.Drop);
            }
        }
        else
        {
            Begin(connection, match.Drop, nowUs);
        }

        _repeated += match.Run;
        _preroll += match.Drop - match.Run;
        _live = connection;
        DropOthers();
        Release(connection, match.Drop, startsDial: match.Kind != BurstMatchKind.Splice);
    }

    private BurstMatch Match(StationConnection connection, SpoolResume? resume, long nowUs)
    {
        var endMonoUs =
            resume is not null ? resume.SourceEndUs - UtcOffsetUs
            : _run is not null ? _run.EndMonoUs
            : (long?)null;
        if (endMonoUs is null)
        {
            return BurstMatch.None;
        }

        var waiting = connection.Waiting;
        var quiet = waiting.Count > 0 && nowUs - waiting.ArrivedUs(waiting.Count - 1) >= ArrivalEnvelope.QuietUs * 4 / 5;
        return BurstMatcher.Find(_history, waiting.Hashes, waiting.EndsUs, endMonoUs.Value - connection.Envelope.LowUs, quiet);
    }

    // What another process recorded: of all shows the one that got furthest speaks for the station.
    private SpoolResume? Resume(long nowUs)
    {
        var nowUtcUs = nowUs + UtcOffsetUs;
        var furthest = _shows.Select(s => s.Resume).Where(r => r is not null).MaxBy(r => r!.SourceEndUs);
        if (furthest is null || Math.Abs(nowUtcUs - furthest.SourceEndUs) > _options.Patience.TotalMicroseconds + HistoryUs)
        {
            return null;
        }

        _history.Clear();
        _history.Grow(FrameHistory.Minute(furthest.Format));
        foreach (var hash in furthest.Hashes)
        {
            _history.Add(hash, startsDial: false);
        }

        foreach (var show in _shows)
        {
            show.AlignResume(furthest);
        }

        return furthest;
    }

    private void Warm(StationConnection connection, int drop)
    {
        var waiting = connection.Waiting;
        var first = waiting.StretchStart(drop - 1);
        var format = waiting.Format(first);
        _run = new StationRun(format, connection.Envelope.LowUs + waiting.StartUs(first));
        for (var i = first; i < drop; i++)
        {
            if (i >= drop - WarmUpFrames)
            {
                var at = new FramePlace(_run, _run.Samples, waiting.ArrivedUs(i), UtcOffsetUs);
                foreach (var show in _shows)
                {
                    show.OnRepeat(format, waiting[i], at, drop - i);
                }
            }

            _run.Add(waiting.ArrivedUs(i));
        }
    }

    private void Begin(StationConnection connection, int drop, long nowUs)
    {
        if (_tail is { } tail && connection.Waiting.Hashes.Contains(FrameHash.Of(tail.Frame)))
        {
            _tail = null; // it comes again
        }

        PushTail();
        if (_run is not null)
        {
            _breaks++;
            BreakAll(WhyNothingComes, nowUs);
        }

        foreach (var show in _shows)
        {
            show.GiveUpResume();
            show.ForgetTitle();
        }

        _block = null;
        // Where every frame was a repeat the run has yet to begin, in the format of the last.
        var first = Math.Min(drop, connection.Waiting.Count - 1);
        StartRun(connection.Waiting.Format(first), connection.Envelope.LowUs + (drop == 0 ? 0 : connection.Waiting.EndsUs[drop - 1]));
    }

    private void StartRun(FrameFormat format, long startMonoUs)
    {
        _run = new StationRun(format, startMonoUs);
        _history.Grow(FrameHistory.Minute(format));
    }

    private void Release(StationConnection connection, int from, bool startsDial)
    {
        var blocks = connection.WaitingBlocks;
        var block = 0;

        // Of the titles inside the replay the last one holds at the splice.
        while (block + 1 < blocks.Count && blocks[block + 1].Frame <= from)
        {
            block++;
        }

        for (var i = from; i < connection.Waiting.Count; i++)
        {
            while (block < blocks.Count && blocks[block].Frame <= i)
            {
                // What the replay repeats was announced before.
                var sentAnew = blocks[block].Block.SentAnew && (startsDial || blocks[block].Frame > from);
                Announce(blocks[block++].Block with { SentAnew = sentAnew });
            }

            Push(
                connection.Waiting.Format(i),
                connection.Waiting[i],
                connection.Waiting.Hashes[i],
                connection.Waiting.ArrivedUs(i),
                startsDial && i == from
            );
        }

        while (block < blocks.Count)
        {
            Announce(blocks[block++].Block);
        }

        connection.Forget();
    }

    private void Push(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, long arrivedUs, bool startsDial)
    {
        if (_run is null)
        {
            return;
        }

        if (_run.Format != format)
        {
            var endUs = _run.Clock.UsAt(_run.Samples);
            BreakAll(EndCause.FormatChange, arrivedUs);
            StartRun(format, endUs);
        }

        _frames++;
        _paused = false;
        _lastFrameUs = arrivedUs;
        _history.Add(hash, startsDial);
        var at = new FramePlace(_run, _run.Samples, arrivedUs, UtcOffsetUs);
        _run.Add(arrivedUs);
        foreach (var show in _shows)
        {
            show.OnFrame(format, frame, hash, at);
        }
    }

    private void PushTail()
    {
        if (_tail is { } tail)
        {
            _tail = null;
            Push(tail.Format, tail.Frame, FrameHash.Of(tail.Frame), tail.ArrivedUs, startsDial: false);
        }
    }

    private void Announce(TitleBlock block)
    {
        _block = block;
        _shows.ForEach(show => show.OnBlock(block));
    }

    private void GiveUp(long nowUs)
    {
        PushTail();
        BreakAll(WhyNothingComes, nowUs);
        _run = null;
        _history.Clear();
        _live?.Forget();
        _live = null;
    }

    private void BreakAll(EndCause cause, long nowUs) => _shows.ForEach(show => show.Break(cause, nowUs));

    // Whether there is still something that a connection could continue.
    private bool SomethingWaits(long nowUs)
    {
        var patience = (long)_options.Patience.TotalMicroseconds;
        if (_run is not null)
        {
            return nowUs - _lastFrameUs < patience;
        }

        foreach (var show in _shows)
        {
            if (show.Resume is { } resume && nowUs + UtcOffsetUs - resume.SourceEndUs < patience)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDeciding()
    {
        foreach (var connection in _connections)
        {
            if (connection != _live && connection.Waiting.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private StationConnection? Find(int id)
    {
        foreach (var connection in _connections)
        {
            if (connection.Id == id)
            {
                return connection;
            }
        }

        return null;
    }

    private void Read(Moment now)
    {
        var offset = now.UtcUs - now.MonoUs;
        _utcOffsetUs = offset;
        ReadClock(now.MonoUs);
    }

    private void ReadClock(long nowUs)
    {
        foreach (var show in _shows)
        {
            show.OnClock(UtcOffsetUs, nowUs);
        }
    }

    private void DropOthers()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (_connections[i] != _live)
            {
                Drop(_connections[i]);
            }
        }
    }

    private void Drop(StationConnection connection)
    {
        _skippedBefore += connection.SkippedBytes;
        _connections.Remove(connection);
        connection.Dispose();
    }
}
