using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Clock;
using AudioRelay.Streams.Capture.Matching;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.Streams.Capture.Stations;

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

    private readonly StationCaptureOptions _options;
    private readonly ConnectionSet _connections = new();
    private readonly LocalClock _clock;
    private readonly Programme _programme;
    private readonly ReadSpacing _spacing = new();
    private EndCause _suspendCause = EndCause.Disconnected;
    private bool _paused;
    private bool _ending;
    private long _splices;
    private long _breaks;
    private long _repeated;
    private long _preroll;
    private long _burstUs;

    /// <summary>A station nothing was heard of yet.</summary>
    /// <param name="options">Limits.</param>
    public StationCapture(StationCaptureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = new LocalClock(options.TrustStationClock);
        _programme = new Programme(_clock);
    }

    /// <summary>The connection whose sound is recorded; null while there is none.</summary>
    public int? LiveConnection => _connections.Live?.Id;

    /// <summary>When the last frame of the connection that is recorded arrived (monotonic µs); null before the first.</summary>
    public long? LastFrameUs { get; private set; }

    /// <summary>When the last bytes of any wanted connection arrived (monotonic µs); null before the first.</summary>
    public long? LastBytesUs { get; private set; }

    /// <summary>The usual time between two reads of the live connection, in µs.</summary>
    public long UsualSpacingUs => _spacing.UsualUs;

    /// <summary>What can be told of it now.</summary>
    public StationCaptureStatus Status =>
        new()
        {
            State =
                _connections.Live is not null ? StationCaptureState.Live
                : _connections.Count > 0 ? StationCaptureState.Deciding
                : _programme.Run is not null ? StationCaptureState.Suspended
                : StationCaptureState.Idle,
            Format = _programme.Run?.Format,
            Frames = _programme.Frames,
            SkippedBytes = _connections.SkippedBytes,
            Splices = _splices,
            Breaks = _breaks,
            RepeatedFrames = _repeated,
            PrerollFrames = _preroll,
            OverlapFrames = _programme.Shows.Sum(s => s.OverlapFrames),
            BurstUs = _burstUs,
            StationClockAheadUs = _clock.StationAheadUs,
            ClockDisagrees = _clock.Disagrees,
            Title = _programme.Title is { } block && IcyTitle.TryRead(block.Bytes, null, out var title) ? title : null,
        };

    private StationConnection? Live => _connections.Live;

    private EndCause WhyNothingComes =>
        Live is null ? _suspendCause
        : Live.SendsNoAudio ? EndCause.NoAudio
        : EndCause.Silent;

    /// <summary>Whether a connection is still of use; one that is not shall be closed.</summary>
    /// <param name="connection">Its number.</param>
    public bool Wants(int connection) => _connections.Find(connection) is not null;

    /// <summary>Lets a show hear the station, from the next frame on.</summary>
    /// <param name="show">The show, with its window open.</param>
    /// <param name="now">Both clocks.</param>
    public void Attach(ShowCapture show, Moment now)
    {
        ArgumentNullException.ThrowIfNull(show);
        Read(now);
        _programme.Attach(show, now.MonoUs);
    }

    /// <summary>Ends the show's section (flushed, padding declared) and forgets the show.</summary>
    /// <param name="show">The show.</param>
    /// <param name="cause">Why.</param>
    /// <param name="now">Both clocks.</param>
    public void Detach(ShowCapture show, EndCause cause, Moment now)
    {
        ArgumentNullException.ThrowIfNull(show);
        Read(now);
        if (_programme.Shows.Contains(show))
        {
            try
            {
                _programme.PushTail();
            }
            finally
            {
                // Whatever is wrong with the station's half: a show that leaves has left.
                _programme.Shows.Remove(show);
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
            _clock.Compare(date, now);
            _programme.OnClock(now.MonoUs);
        }
    }

    /// <summary>Bytes of a connection; ignored when it is not wanted (any more).</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="arrivedAtUs">Monotonic µs, read once per socket read.</param>
    public void Feed(int connection, ReadOnlySpan<byte> bytes, long arrivedAtUs)
    {
        var from = _connections.Find(connection);
        if (from is null || bytes.IsEmpty)
        {
            return;
        }

        if (from == Live)
        {
            _spacing.Add(LastBytesUs, arrivedAtUs);
        }

        LastBytesUs = arrivedAtUs;
        var before = _programme.Frames;
        from.Feed(bytes, arrivedAtUs);
        if (from == Live && _programme.Frames > before)
        {
            _connections.DropOthers(); // it spoke, so it lost nothing: no other can know more
        }

        DecideWhenOver(from, arrivedAtUs);
        _programme.OnTime(arrivedAtUs);
    }

    /// <summary>A connection has ended, or was closed by us.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="cause">Why: it explains the gap, if there will be one.</param>
    /// <param name="now">Both clocks.</param>
    public void Closed(int connection, GapCause cause, Moment now)
    {
        Read(now);
        var ended = _connections.Find(connection);
        if (ended is null)
        {
            return;
        }

        _ending = true;
        ended.Flush();
        _ending = false;
        if (ended != Live && !SomethingWaits(now.MonoUs))
        {
            Decide(ended, now.MonoUs);
        }

        if (ended == Live)
        {
            _connections.Live = null;
            _suspendCause = (EndCause)cause;
        }

        _connections.Drop(ended);
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

        if (!_paused && now.MonoUs - LastBytesUs >= Math.Max(PauseUs, 2 * _spacing.UsualUs))
        {
            // Cut here, so that a jump of the clock can fall on a segment's end.
            _paused = true;
            _programme.Shows.ForEach(show => show.Pause(now.MonoUs));
        }

        if (_programme.Run is not null && !SomethingWaits(now.MonoUs) && !_connections.IsDeciding)
        {
            _programme.End(WhyNothingComes, now.MonoUs);
            Live?.Forget();
            _connections.Live = null;
        }

        _programme.OnTime(now.MonoUs);
    }

    void IConnectionSink.OnBlock(StationConnection from, TitleBlock block)
    {
        if (from == Live)
        {
            _programme.Announce(block);
        }
        else
        {
            from.WaitingBlocks.Add((from.Waiting.Count, block));
        }
    }

    void IConnectionSink.OnFrame(StationConnection from, in FrameFormat format, ReadOnlySpan<byte> frame)
    {
        if (from == Live && _ending)
        {
            _programme.HoldTail(format, frame, from.ArrivedUs);
        }
        else if (from == Live)
        {
            _paused = false;
            LastFrameUs = from.ArrivedUs;
            _programme.Push(format, frame, FrameHash.Of(frame), from.ArrivedUs);
        }
        else if (_connections.Contains(from))
        {
            from.Waiting.Add(format, frame, FrameHash.Of(frame), from.ArrivedUs);
            from.Envelope.Observe(from.ArrivedUs, from.Waiting.EndUs);
            if (from.Waiting.Bytes >= _options.MostUndecidedBytes || from.Waiting.Count >= 2 * FrameHistory.Minute(format))
            {
                Decide(from, from.ArrivedUs);
            }
        }
    }

    private void DecideWhenOver(StationConnection connection, long nowUs)
    {
        if (connection != Live && connection.Envelope.BurstIsOver(nowUs, (long)_options.LongestBurst.TotalMicroseconds))
        {
            Decide(connection, nowUs);
        }
    }

    private void Decide(StationConnection connection, long nowUs)
    {
        var waiting = connection.Waiting;
        if (waiting.Count == 0)
        {
            return;
        }

        var resume = _programme.Run is null ? Resume(nowUs) : null;
        var match = Match(connection, resume, nowUs);
        if (match.Kind != BurstMatchKind.Splice)
        {
            Begin(connection, match.Drop, nowUs);
        }
        else if (resume is not null)
        {
            _programme.Warm(connection, match.Drop);
        }

        _splices += match.Kind == BurstMatchKind.Splice ? 1 : 0;
        _repeated += match.Run;
        _preroll += match.Drop - match.Run;
        _burstUs = connection.Envelope.BurstUs;
        _paused = false;
        LastFrameUs = waiting.ArrivedUs(waiting.Count - 1); // also when all of it was a repeat
        _programme.DropTail();
        _connections.Live = connection;
        _connections.DropOthers();
        _programme.Hear(connection, match.Drop, startsDial: match.Kind != BurstMatchKind.Splice);
    }

    private BurstMatch Match(StationConnection connection, SpoolResume? resume, long nowUs)
    {
        if (resume is null && _programme.Run is null)
        {
            return BurstMatch.None;
        }

        var endMonoUs = resume is null ? _programme.Run!.EndMonoUs : resume.SourceEndUs - _clock.UtcOffsetUs;
        var waiting = connection.Waiting;
        var quiet = nowUs - waiting.ArrivedUs(waiting.Count - 1) >= ArrivalEnvelope.QuietUs * 4 / 5;
        return BurstMatcher.Find(_programme.History, waiting.Hashes, waiting.EndsUs, endMonoUs - connection.Envelope.LowUs, quiet);
    }

    // What another process recorded: of all shows the one that got furthest speaks for the station.
    private SpoolResume? Resume(long nowUs)
    {
        var furthest = _programme.Shows.Select(s => s.Resume).Where(r => r is not null).MaxBy(r => r!.SourceEndUs);
        if (furthest is null || nowUs + _clock.UtcOffsetUs - furthest.SourceEndUs > _options.Patience.TotalMicroseconds + HistoryUs)
        {
            return null;
        }

        _programme.History.Clear();
        _programme.History.Grow(FrameHistory.Minute(furthest.Format));
        foreach (var hash in furthest.Hashes)
        {
            _programme.History.Add(hash, startsDial: false);
        }

        _programme.Shows.ForEach(show => show.AlignResume(furthest));
        return furthest;
    }

    private void Begin(StationConnection connection, int drop, long nowUs)
    {
        var waiting = connection.Waiting;
        _programme.PushTail(waiting.Hashes);
        if (_programme.Run is not null)
        {
            _breaks++;
            _programme.Break(WhyNothingComes, nowUs);
        }

        _programme.ForgetBefore();

        // Where every frame was a repeat the run has yet to begin, in the format of the last.
        var first = Math.Min(drop, waiting.Count - 1);
        _programme.Begin(waiting.Format(first), connection.Envelope.LowUs + (drop == 0 ? 0 : waiting.EndsUs[drop - 1]));
    }

    // Whether there is still something that a connection could continue.
    private bool SomethingWaits(long nowUs)
    {
        var patience = (long)_options.Patience.TotalMicroseconds;
        if (_programme.Run is not null)
        {
            return nowUs - LastFrameUs < patience;
        }

        foreach (var show in _programme.Shows)
        {
            if (show.Resume is { } resume && nowUs + _clock.UtcOffsetUs - resume.SourceEndUs < patience)
            {
                return true;
            }
        }

        return false;
    }

    private void Read(Moment now)
    {
        _clock.Read(now);
        _programme.OnClock(now.MonoUs);
    }
}
