using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture.Clock;
using AudioRelay.Streams.Capture.Shows;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// A show's half of a capture: decode → mono → resample → encode → split, or copy, into sections and segments for the writer.
/// Driven by the <see cref="StationCapture"/> it is attached to; a show outlives its station's connections.
/// </summary>
/// <remarks>
/// Samples are programme samples at the stored rate. Packets × frame − encoder delay is what the chain has of them; a section has what
/// came after the sections it continues; a segment what came since the last cut. So every sum is exact, whatever is cut where.
/// </remarks>
public sealed class ShowCapture : IDisposable, IPacketSink
{
    private const int DefaultSplitSeconds = 6;
    private const long SpoolEveryUs = 400_000; // with a tick each 250 ms at most: at least every 0.5 s is promised

    // A frame that begins this little before the end of the section before it begins at its end.
    private const long TouchingUs = 2_000;

    // A section that ends further in the future than this was not stored by the clock that is believed now.
    private const long MostAheadUs = 75_000_000;

    // What the wall clock may move away from the one a chain began with; less is taken over at the next 24 h cut.
    private const long ClockStepUs = 2_000_000;

    private readonly ShowCaptureOptions _options;
    private readonly CodecCatalog _codecs;
    private readonly Outbox _outbox;
    private readonly ShowSpool _spool;
    private readonly TitleTrack _title = new();
    private readonly Breakdown _breakdown = new();
    private readonly List<JournalBody> _journal = [];
    private readonly List<Anchor> _knownAnchors = [];

    // The chain: from its first frame to its flush.
    private ISoundChain? _chain;
    private ISoundChain? _warming;
    private FrameFormat _format;
    private ProgrammeMap _map;
    private long _startUs;
    private long _utcOffsetUs;
    private long _rawSamples;
    private long _chainSamples;
    private long _sourceEndRun;
    private long? _continues;
    private long? _overlapFromUs;

    // The section and its open segment.
    private OpenSection? _section;
    private Draft _draft;
    private long _segmentRaw;
    private int _spooledBytes;
    private long _spooledUntil;
    private long _spooledAtUs;
    private (EndCause Cause, int Padding, long AtUs)? _ended;

    private long _lastSection;
    private long? _coveredUntilUs;
    private bool _waitsForClock;
    private long _nowUs;
    private long _wallOffsetUs;
    private SpoolResume? _resume;
    private int _resumeBehind;

    /// <summary>A show with nothing open.</summary>
    /// <param name="options">How it is stored.</param>
    /// <param name="codecs">Opens decoders and encoders.</param>
    /// <param name="sink">Takes finished segments and journal entries.</param>
    /// <param name="spool">Keeps what is not committed yet; null for none.</param>
    /// <param name="position">How far its store reaches.</param>
    /// <param name="resume">Where another process left off; null when it is not to be continued.</param>
    public ShowCapture(
        ShowCaptureOptions options,
        CodecCatalog codecs,
        ISegmentSink sink,
        ISpoolFile? spool = null,
        ShowPosition position = default,
        SpoolResume? resume = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(codecs);
        ArgumentNullException.ThrowIfNull(sink);
        _options = options;
        _codecs = codecs;
        _outbox = new Outbox(sink, options.WriterPatience);
        _spool = new ShowSpool(spool);
        _draft = _outbox.Rent();
        _lastSection = position.LastSection;
        _coveredUntilUs = position.CoveredUntilUs;
        _resume = resume;
        if (resume is not null)
        {
            _spool.Seed(resume);
        }
    }

    /// <summary>The section that is being recorded; null while there is none.</summary>
    public long? Section => _section?.Id;

    /// <summary>Why nothing is recorded although frames come; null when they are.</summary>
    public GapCause? Fault => _outbox.Fault ?? _breakdown.Cause ?? (_waitsForClock ? GapCause.ClockStep : null);

    /// <summary>What broke this show's part of the capture, while nothing is recorded because of it; null when it works.</summary>
    /// <remarks>The station and its other shows go on; this show tries again after half a minute, and when it is attached again.</remarks>
    public Exception? Failure => _breakdown.Error;

    /// <summary>Frames that were dropped because the section before already covers their time.</summary>
    public long OverlapFrames { get; private set; }

    /// <summary>How often the spool could not be written.</summary>
    public long SpoolFailures => _spool.Failures;

    internal SpoolResume? Resume => _resume;

    /// <summary>Hands on what still waits for the writer.</summary>
    /// <param name="nowUs">Monotonic µs.</param>
    /// <returns>True when everything is committed.</returns>
    public bool Drain(long nowUs)
    {
        OnTime(nowUs);
        return _outbox.IsEmpty;
    }

    /// <summary>Frees decoder, encoder and buffers; whatever was not flushed by a detach is lost (the spool has it).</summary>
    public void Dispose()
    {
        _chain?.Dispose();
        _warming?.Dispose();
        _chain = _warming = null;
    }

    void IPacketSink.OnPacket(ReadOnlySpan<byte> packet, int samples)
    {
        var section = _section ?? OpenSection();
        if (_draft.Length > 0 && (_segmentRaw + samples > SplitSamples() || section.Clock.CanJumpAt(section.Samples)))
        {
            Cut();
            section = _section ?? OpenSection();
        }

        if (_options.Format == StoredFormat.Opus)
        {
            _draft.Append([(byte)packet.Length, (byte)(packet.Length >> 8)]);
        }

        _draft.Append(packet);
        _segmentRaw += samples;
        _rawSamples += samples;
        section.Samples = Math.Max(0, _rawSamples - _chain!.EncoderDelay - section.ChainSamples);
    }

    /// <summary>The wall clock was read.</summary>
    /// <param name="utcOffsetUs">UTC − monotonic time, µs.</param>
    /// <param name="nowUs">Monotonic µs.</param>
    internal void OnClock(long utcOffsetUs, long nowUs)
    {
        _wallOffsetUs = utcOffsetUs;
        if (_chain is not null && Math.Abs(utcOffsetUs - _utcOffsetUs) > ClockStepUs)
        {
            // Whether in one step or in many: what comes belongs to a new section, by the clock as it is now.
            Break(EndCause.ClockStep, nowUs);
        }
    }

    /// <summary>It listens (again): what broke it may be mended.</summary>
    internal void TryAgain() => _breakdown.TryAgain();

    internal void OnBlock(TitleBlock block)
    {
        if (IcyTitle.TryRead(block.Bytes, _options.TitleCharset, out var text))
        {
            _title.Set(text, block.SentAnew);
        }
    }

    internal void ForgetTitle() => _title.Forget();

    internal void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, in FramePlace at)
    {
        if (_breakdown.Rests(at.ArrivedUs))
        {
            return;
        }

        _nowUs = at.ArrivedUs;
        try
        {
            TakeFrame(format, frame, hash, at);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    /// <summary>A frame that another process recorded, or that lies before what it recorded.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="frame">Its bytes.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="before">Frames from its beginning to the first new one.</param>
    internal void OnRepeat(in FrameFormat format, ReadOnlySpan<byte> frame, in FramePlace at, int before)
    {
        if (_breakdown.Rests(at.ArrivedUs))
        {
            return;
        }

        _nowUs = at.ArrivedUs;
        try
        {
            TakeRepeat(format, frame, at, before);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    internal void AlignResume(SpoolResume furthest)
    {
        if (_resume is not { } mine || ReferenceEquals(mine, furthest))
        {
            return;
        }

        if (mine.Format == furthest.Format && SpoolAlignment.FramesBehind(mine.Hashes, furthest.Hashes) is { } behind)
        {
            _resumeBehind = behind;
            return;
        }

        GiveUpResume();
    }

    internal void GiveUpResume()
    {
        _resume = null;
        _warming?.Dispose();
        _warming = null;
    }

    /// <summary>The sound stops here for good: flushes, and ends the section.</summary>
    internal void Break(EndCause cause, long nowUs)
    {
        _nowUs = nowUs;
        try
        {
            BreakOff(cause);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    /// <summary>No bytes have come for a while: what there is becomes a segment.</summary>
    internal void Pause()
    {
        if (_section is null)
        {
            return;
        }

        try
        {
            Cut();
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    internal void OnTime(long nowUs)
    {
        _nowUs = nowUs;
        try
        {
            KeepUp();
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private void TakeFrame(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, in FramePlace at)
    {
        if (_outbox.Fault is { } fault)
        {
            BreakOff((EndCause)fault);
            return;
        }

        if (_chain is null && !Start(format, at, _resume?.StoredEndUs))
        {
            _warming?.Warm(frame);
            return;
        }

        _resume = null;
        TakeTitle(at.Start);
        _spool.Take(hash);
        if (!Feed(frame, at))
        {
            BreakOff(EndCause.FormatChange);
            Start(format, at, _coveredUntilUs);
            Feed(frame, at);
        }
    }

    private void TakeRepeat(in FrameFormat format, ReadOnlySpan<byte> frame, in FramePlace at, int before)
    {
        if (_resume is not { } resume || resume.Format != format)
        {
            return;
        }

        // What was taken in but never got into a packet must come from the repeat as well.
        var perFrame = (double)format.SamplesPerFrame * resume.Rate / format.SampleRate;
        var missing = resume.Unstored + (long)Math.Round(_resumeBehind * perFrame);
        var frames = (int)Math.Ceiling((missing - 0.5) / perFrame);
        if (before > frames)
        {
            _warming ??= NewChain(format);
            _warming.Warm(frame);
            return;
        }

        if (_chain is null)
        {
            if (before < frames || !Start(format, at, resume.StoredEndUs))
            {
                GiveUpResume();
                return;
            }

            var skip = (long)Math.Round(frames * perFrame) - missing;
            _map = _map with { OriginChain = -skip };
            _chain!.Skip(skip, resume.Rate);
        }

        Feed(frame, at);
    }

    private void BreakOff(EndCause cause)
    {
        GiveUpResume();
        if (_chain is null)
        {
            return;
        }

        WriteSpool();
        var padding = _chain.Flush(this);
        if (_section is { } section)
        {
            section.Samples -= padding;
            WriteSpool();
            Close(section, cause, padding);
        }

        ForgetChain();
    }

    private void ForgetChain()
    {
        _chain?.Dispose();
        _chain = null;
        _continues = null;
        _journal.Clear();
    }

    private void KeepUp()
    {
        _outbox.Pump(_nowUs);
        if (_outbox.TakeCommitted())
        {
            TrimSpool();
        }

        if (_outbox.Fault is { } fault)
        {
            BreakOff((EndCause)fault);
        }

        if (_nowUs - _spooledAtUs >= SpoolEveryUs)
        {
            WriteSpool();
        }
    }

    // Something in this show's half is broken: a missing library, a disk, a bug. It is this show's alone, so it ends here: what came out of
    // the encoder so far is kept, the cause is written once, and the station and its other shows never hear of it.
    private void Fail(Exception error)
    {
        var cause = Breakdown.CauseOf(error);
        var section = _section;
        var open = _draft;
        try
        {
            if (section is not null)
            {
                WriteSpool();
                Close(section, (EndCause)cause, padding: 0); // whoever failed cannot be asked for its rest
            }
        }
        catch (Exception) when (ReferenceEquals(open, _draft))
        {
            // It cannot even be closed with its open segment: it ends at the segment before. What was wrong first is what is told.
            open.Clear();
            if (section!.SegmentStart > 0)
            {
                _coveredUntilUs = section.Clock.UsAt(section.SegmentStart);
                var closed = new SectionClosed(section.Id, (EndCause)cause, section.SegmentStart, 0, _coveredUntilUs.Value);
                open.Batch.Add(_nowUs + _utcOffsetUs, closed);
                Enqueue();
            }
        }
        catch (Exception)
        {
            // It is on its way all the same; only the writer's channel failed, and is asked again at the next tick.
        }

        _section = null;
        GiveUpResume();
        ForgetChain();
        if (_breakdown.Begin(error, _nowUs))
        {
            Tell(new Trouble(cause, _nowUs + _wallOffsetUs, null, error.Message));
        }
    }

    // Something that belongs to no section.
    private void Tell(Trouble trouble)
    {
        _draft.Batch.Add(_nowUs + _wallOffsetUs, trouble);
        Enqueue();
    }

    // Begins a chain at a frame. False while the section before covers the frame's time.
    private bool Start(in FrameFormat format, in FramePlace at, long? exactlyUs)
    {
        var startUs = exactlyUs ?? (at.Run.Clock.UsAt(at.Start) + at.UtcOffsetUs);
        if (_coveredUntilUs is { } covered && startUs < covered - TouchingUs)
        {
            OverlapFrames++;
            var nowUtcUs = at.ArrivedUs + at.UtcOffsetUs;
            if (covered - nowUtcUs > MostAheadUs)
            {
                WaitForClock(nowUtcUs, covered);
                return false;
            }

            _overlapFromUs = covered;
            _warming ??= NewChain(format);
            return false;
        }

        _waitsForClock = false;
        _startUs = Math.Max(startUs, _coveredUntilUs ?? startUs);
        _chain = _warming ?? NewChain(format);
        _warming = null;
        _format = format;
        _map = new ProgrammeMap(at.Start, 0, format.SampleRate);
        _utcOffsetUs = at.UtcOffsetUs;
        _rawSamples = _chainSamples = 0;
        _continues = null;
        return true;
    }

    // The clock was once ahead of what it says now. Recorded on from there, everything would be mislabelled for as long as the show runs;
    // recorded by the clock, one time would be covered twice.
    private void WaitForClock(long nowUtcUs, long coveredUs)
    {
        if (_waitsForClock)
        {
            return;
        }

        _waitsForClock = true;
        var until = DateTimeOffset.UnixEpoch.AddMicroseconds(coveredUs);
        Tell(
            new Trouble(
                GapCause.ClockStep,
                nowUtcUs,
                coveredUs,
                $"what was recorded reaches until {until:yyyy-MM-dd HH:mm:ss} UTC, which the clock has yet to reach; nothing is recorded until then. "
                    + "Is the clock right? Then move the show's file away to begin with a new one."
            )
        );
    }

    private ISoundChain NewChain(in FrameFormat format) => CaptureGraph.Sound(format, _options, _codecs);

    private bool Feed(ReadOnlySpan<byte> frame, in FramePlace at)
    {
        _sourceEndRun = at.Start + _format.SamplesPerFrame;
        if (!_chain!.Feed(frame, this))
        {
            return false;
        }

        if (_section is { } section)
        {
            section.Clock.Observe(at.ArrivedUs + _utcOffsetUs, SectionSampleAt(section, _sourceEndRun));
            TakeAnchors(section);
        }

        return true;
    }

    private long SectionSampleAt(OpenSection section, long runSample) => _map.ChainSampleAt(runSample, _chain!.Rate) - section.ChainSamples;

    private long SplitSamples()
    {
        var split = _options.SplitInterval > TimeSpan.Zero ? _options.SplitInterval : TimeSpan.FromSeconds(DefaultSplitSeconds);
        return (long)(split.TotalSeconds * _chain!.Rate);
    }

    private OpenSection OpenSection()
    {
        var chain = _chain!;
        var id = Math.Max(_startUs, _lastSection + 1);
        var section = new OpenSection(id, _continues, _chainSamples, new SectionClock(chain.Rate, _startUs));
        _lastSection = id;
        _section = section;
        _ended = null;
        _knownAnchors.Clear();
        _spool.Begin(
            new SpoolSection(
                id,
                chain.Codec,
                chain.Rate,
                chain.Channels,
                chain.EncoderDelay,
                chain.FrameSamples,
                _continues,
                _chainSamples,
                _format
            )
        );
        _spooledUntil = 0;
        if (_overlapFromUs is { } from && from < _startUs)
        {
            _journal.Add(new Trouble(GapCause.Overlap, from, _startUs));
        }

        _overlapFromUs = null;
        _journal.Add(
            new SectionOpened(
                id,
                chain.Codec,
                chain.Rate,
                chain.Channels,
                chain.EncoderDelay,
                chain.FrameSamples,
                _continues,
                _chainSamples
            )
        );
        TakeAnchors(section);
        _title.BeginSection();
        TakeTitle(_map.OriginRun);
        return section;
    }

    private void TakeAnchors(OpenSection section)
    {
        if (section.Clock.Fresh.Count == 0)
        {
            return;
        }

        foreach (var anchor in section.Clock.Fresh)
        {
            _journal.Add(new AnchorSet(section.Id, anchor.Sample, anchor.UtcUs, anchor.Cause));
            _spool.Put(anchor);
        }

        section.Clock.ForgetFresh();
    }

    private void TakeTitle(long runSample)
    {
        if (_section is { } section && _title.Take(out var atStart) is { } text)
        {
            var sample = atStart ? 0 : Math.Max(0, SectionSampleAt(section, runSample));
            _journal.Add(new TitleSet(section.Id, sample, text));
            _spool.PutTitle(sample, text);
        }
    }

    // Ends the open segment, when there is sound in it.
    private void Cut()
    {
        var section = _section!;
        if (section.Samples <= section.SegmentStart)
        {
            return;
        }

        WriteSpool();
        AddSegment(section);
        if (section.Samples >= (long)(_options.SectionLimit.TotalSeconds * _chain!.Rate))
        {
            Continue(section);
            return;
        }

        Send(section);
        var before = section.Clock.UsAt(section.Samples);
        if (section.Clock.Jump(section.Samples) > 0)
        {
            TakeAnchors(section);
            _journal.Add(new Trouble(GapCause.Stalled, before, section.Clock.UsAt(section.Samples)));
        }
    }

    // The 24 h cut: another section, the same chain.
    private void Continue(OpenSection section)
    {
        var endUs = section.Clock.UsAt(section.Samples);
        End(section, EndCause.Continued, 0, endUs);
        Send(section);
        _continues = section.Id;
        _chainSamples += section.Samples;
        _coveredUntilUs = endUs; // should nothing come any more to be continued with

        // From here on by the clock as it is now. Behind it: the section begins later. Ahead: its own clock slews back.
        var behindUs = _wallOffsetUs - _utcOffsetUs;
        _utcOffsetUs = _wallOffsetUs;
        _startUs = behindUs < SectionClock.JumpUs ? endUs : endUs + behindUs;
        if (_startUs > endUs)
        {
            _journal.Add(new Trouble(GapCause.ClockStep, endUs, _startUs));
        }

        _section = null;
    }

    private void Close(OpenSection section, EndCause cause, int padding)
    {
        _section = null;
        if (section.Samples > section.SegmentStart)
        {
            AddSegment(section);
        }

        if (!section.HasSegments)
        {
            // It never had a sample: nobody shall know of it.
            _draft.Clear();
            _segmentRaw = 0;
            return;
        }

        _coveredUntilUs = section.Clock.UsAt(section.Samples);
        End(section, cause, padding, _coveredUntilUs.Value);
        Send(section);
    }

    private void AddSegment(OpenSection section)
    {
        var nowUtcUs = _nowUs + _utcOffsetUs;
        foreach (var entry in _journal)
        {
            _draft.Batch.Add(nowUtcUs, entry);
        }

        _journal.Clear();
        _draft.Batch.Add(
            new NewSegment(
                section.Id,
                section.SegmentStart,
                section.Samples - section.SegmentStart,
                section.Clock.UsAt(section.SegmentStart) / 1000,
                _draft.Blob.AsMemory(0, _draft.Length)
            )
        );
        section.HasSegments = true;
    }

    private void End(OpenSection section, EndCause cause, int padding, long atUs)
    {
        _draft.Batch.Add(_nowUs + _utcOffsetUs, new SectionClosed(section.Id, cause, section.Samples, padding, atUs));
        _spool.WriteEnd(cause, padding, atUs);
        _ended = (cause, padding, atUs);
    }

    private void Send(OpenSection section)
    {
        section.SegmentStart = section.Samples;
        section.Clock.CopyRecent(_knownAnchors);
        Enqueue();
        _breakdown.Recovered();
        _outbox.Pump(_nowUs);
    }

    private void Enqueue()
    {
        var full = _draft;
        full.Spooled = _spool.Mark(_knownAnchors);
        _draft = _outbox.Rent();
        _segmentRaw = 0;
        _spooledBytes = 0;
        _outbox.Add(full, _nowUs);
    }

    private void WriteSpool()
    {
        _spooledAtUs = _nowUs;
        if (_section is not { } section || (!_spool.IsDirty && _draft.Length == _spooledBytes))
        {
            return;
        }

        _spool.Write(OpenChunk(section, _spooledUntil), _draft.Blob.AsSpan(_spooledBytes, _draft.Length - _spooledBytes));
        _spooledBytes = _draft.Length;
        _spooledUntil = section.Samples;
    }

    private SpoolChunk OpenChunk(OpenSection section, long from) =>
        new(from, section.Samples - from, Math.Max(section.Samples, SectionSampleAt(section, _sourceEndRun)));

    private void TrimSpool()
    {
        if (_outbox.IsEmpty)
        {
            ResetSpool();
        }
        else if (_outbox.CommittedUntil is { } mark)
        {
            _spool.Trim(mark); // a writer that is always a segment behind must not let it grow
        }
    }

    private void ResetSpool()
    {
        if (_section is { } section)
        {
            _spool.Reset(_knownAnchors, PutOpen, OpenChunk(section, section.SegmentStart), _draft.Blob.AsSpan(0, _draft.Length), end: null);
            _spooledBytes = _draft.Length;
            _spooledUntil = section.Samples;
        }
        else if (_ended is not null)
        {
            _spool.Reset(_knownAnchors, static () => { }, new SpoolChunk(_spooledUntil, 0, _spooledUntil), [], _ended);
        }
    }

    private void PutOpen()
    {
        foreach (var entry in _journal)
        {
            if (entry is AnchorSet anchor)
            {
                _spool.Put(new Anchor(anchor.Sample, anchor.UtcUs, anchor.Cause));
            }
            else if (entry is TitleSet title)
            {
                _spool.PutTitle(title.Sample, title.Text);
            }
        }
    }
}
