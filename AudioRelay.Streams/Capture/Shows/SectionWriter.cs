// Longer than other files: the counts of the chain, the section and the open segment, and how far the spool is, have to move together.
using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture.Clock;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>Splits a chain's packets into segments and sections, with the journal entries that belong to them, for the writer and the spool.</summary>
/// <remarks>
/// Samples are programme samples at the stored rate. Packets × frame − encoder delay is what the chain has of them; a section has what
/// came after the sections it continues; a segment what came since the last cut. So every sum is exact, whatever is cut where.
/// </remarks>
internal sealed class SectionWriter : IPacketSink
{
    private const int DefaultSplitSeconds = 6;
    private const long SpoolEveryUs = 400_000; // with a tick each 250 ms at most: at least every 0.5 s is promised

    private readonly ShowCaptureOptions _options;
    private readonly Outbox _outbox;
    private readonly ShowSpool _spool;
    private readonly Breakdown _breakdown;
    private readonly SectionJournal _journal;
    private readonly List<Anchor> _knownAnchors = [];

    // The chain: from its first frame to its flush.
    private ISoundChain? _chain;
    private ChainStart _start;
    private long _startUs;
    private long _rawSamples;
    private long _chainSamples;
    private long _sourceEndRun;
    private long? _continues;

    // The section and its open segment.
    private OpenSection? _section;
    private Draft _draft;
    private long _segmentRaw;
    private int _spooledBytes;
    private long _spooledUntil;
    private long _spooledAtUs;
    private (EndCause Cause, int Padding, long AtUs)? _ended;
    private long _lastSection;
    private long _nowUs;

    public SectionWriter(
        ShowCaptureOptions options,
        ISegmentSink sink,
        ISpoolFile? spool,
        ShowPosition position,
        SpoolResume? resume,
        Breakdown breakdown
    )
    {
        _options = options;
        _breakdown = breakdown;
        _outbox = new Outbox(sink, options.WriterPatience);
        _spool = new ShowSpool(spool);
        _journal = new SectionJournal(_spool);
        _draft = _outbox.Rent();
        _lastSection = position.LastSection;
        CoveredUntilUs = position.CoveredUntilUs;
        if (resume is not null)
        {
            _spool.Seed(resume);
        }
    }

    /// <summary>The section that is being written; null while there is none.</summary>
    public long? Section => _section?.Id;

    /// <summary>Where the next section may begin at the earliest, UTC µs.</summary>
    public long? CoveredUntilUs { get; private set; }

    /// <summary>UTC minus the monotonic clock, as the wall clock is now.</summary>
    public long WallOffsetUs { get; set; }

    /// <summary>The same as the chain has it; null while there is none.</summary>
    public long? ChainOffsetUs => _chain is null ? null : _start.UtcOffsetUs;

    /// <summary>Why nothing more shall be recorded now.</summary>
    public GapCause? Fault => _outbox.Fault;

    /// <summary>True when all that was handed over is committed.</summary>
    public bool IsCommitted => _outbox.IsEmpty;

    /// <summary>How often the spool could not be written.</summary>
    public long SpoolFailures => _spool.Failures;

    /// <summary>The show's titles.</summary>
    public TitleTrack Titles => _journal.Titles;

    /// <summary>A chain begins.</summary>
    public void Begin(ISoundChain chain, in ChainStart start)
    {
        _chain = chain;
        _start = start;
        _startUs = start.Us;
        _rawSamples = _chainSamples = 0;
        _continues = null;
    }

    /// <summary>A new frame is about to be fed.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="runSample">The run's sample at its beginning.</param>
    /// <param name="arrivedUs">When it arrived, monotonic µs.</param>
    public void Take(ulong hash, long runSample, long arrivedUs)
    {
        // Before it is fed: a segment may end inside it, and then hashes and place must agree in the spool.
        _nowUs = arrivedUs;
        _sourceEndRun = runSample + _start.Format.SamplesPerFrame;
        if (_section is { } section)
        {
            _journal.AddTitle(section, SectionSampleAt(section, runSample));
        }

        _spool.Take(hash);
    }

    /// <summary>A frame was fed.</summary>
    /// <param name="arrivedUs">When it arrived, monotonic µs.</param>
    /// <param name="endRun">The run's sample at its end.</param>
    public void Took(long arrivedUs, long endRun)
    {
        _nowUs = arrivedUs;
        _sourceEndRun = endRun;
        if (_section is { } section)
        {
            section.Clock.Observe(arrivedUs + _start.UtcOffsetUs, SectionSampleAt(section, endRun));
            _journal.AddAnchors(section);
        }
    }

    public void OnPacket(ReadOnlySpan<byte> packet, int samples)
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

    /// <summary>Flushes the chain and ends its section.</summary>
    public void End(EndCause cause, long nowUs)
    {
        _nowUs = nowUs;
        WriteSpool();
        var padding = _chain!.Flush(this);
        if (_section is { } section)
        {
            section.Samples -= padding;
            WriteSpool();
            Close(section, cause, padding);
        }

        ForgetChain();
    }

    /// <summary>Ends the section without asking anything of the chain, which has failed: what came out of it so far is kept.</summary>
    public void Abandon(EndCause cause, long nowUs)
    {
        _nowUs = nowUs;
        var section = _section;
        var open = _draft;
        try
        {
            if (section is not null)
            {
                WriteSpool();
                Close(section, cause, padding: 0); // whoever failed cannot be asked for its rest
            }
        }
        catch (Exception) when (ReferenceEquals(open, _draft))
        {
            // It cannot even be closed with its open segment: it ends at the segment before. What was wrong first is what is told.
            open.Clear();
            if (section!.SegmentStart > 0)
            {
                CoveredUntilUs = section.Clock.UsAt(section.SegmentStart);
                var closed = new SectionClosed(section.Id, cause, section.SegmentStart, 0, CoveredUntilUs.Value);
                open.Batch.Add(_nowUs + _start.UtcOffsetUs, closed);
                Enqueue();
            }
        }
        catch (Exception)
        {
            // It is on its way all the same; only the writer's channel failed, and is asked again at the next tick.
        }

        ForgetChain();
    }

    /// <summary>Writes something that belongs to no section.</summary>
    public void Tell(Trouble trouble)
    {
        _draft.Batch.Add(_nowUs + WallOffsetUs, trouble);
        Enqueue();
    }

    /// <summary>Time has passed.</summary>
    public void OnTime(long nowUs)
    {
        _nowUs = nowUs;
        _outbox.Pump(nowUs);
        if (_outbox.TakeCommitted())
        {
            TrimSpool();
        }

        if (nowUs - _spooledAtUs >= SpoolEveryUs)
        {
            WriteSpool();
        }
    }

    /// <summary>Ends the open segment, when there is sound in it.</summary>
    public void Cut()
    {
        if (_section is not { } section || section.Samples <= section.SegmentStart)
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
            _journal.AddAnchors(section);
            _journal.Add(new Trouble(GapCause.Stalled, before, section.Clock.UsAt(section.Samples)));
        }
    }

    private long SectionSampleAt(OpenSection section, long runSample) =>
        _start.Map.ChainSampleAt(runSample, _chain!.Rate) - section.ChainSamples;

    private long SplitSamples()
    {
        var seconds = _options.SplitInterval.TotalSeconds;
        return (long)((seconds > 0 ? seconds : DefaultSplitSeconds) * _chain!.Rate);
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
        var facts = new SpoolSection(
            id,
            chain.Codec,
            chain.Rate,
            chain.Channels,
            chain.EncoderDelay,
            chain.FrameSamples,
            _continues,
            _chainSamples,
            _start.Format
        );
        _spool.Begin(facts);
        _spooledUntil = 0;
        if (_continues is null && _start.OverlapFromUs is { } from && from < _startUs)
        {
            _journal.Add(new Trouble(GapCause.Overlap, from, _startUs));
        }

        _journal.Add(facts.Opened);
        _journal.AddAnchors(section);
        Titles.BeginSection();
        _journal.AddTitle(section, 0);
        return section;
    }

    // The 24 h cut: another section, the same chain.
    private void Continue(OpenSection section)
    {
        var endUs = section.Clock.UsAt(section.Samples);
        PutEnd(section, EndCause.Continued, 0, endUs);
        Send(section);
        _continues = section.Id;
        _chainSamples += section.Samples;
        CoveredUntilUs = endUs; // should nothing come any more to be continued with

        // From here on by the clock as it is now. Behind it: the section begins later. Ahead: its own clock slews back.
        var behindUs = WallOffsetUs - _start.UtcOffsetUs;
        _start = _start with { UtcOffsetUs = WallOffsetUs };
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

        CoveredUntilUs = section.Clock.UsAt(section.Samples);
        PutEnd(section, cause, padding, CoveredUntilUs.Value);
        Send(section);
    }

    private void AddSegment(OpenSection section)
    {
        _journal.MoveTo(_draft.Batch, _nowUs + _start.UtcOffsetUs);
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

    private void PutEnd(OpenSection section, EndCause cause, int padding, long atUs)
    {
        _draft.Batch.Add(_nowUs + _start.UtcOffsetUs, new SectionClosed(section.Id, cause, section.Samples, padding, atUs));
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

    private void ForgetChain()
    {
        _section = null;
        _continues = null;
        _chain = null;
        _journal.Clear();
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
            _spool.Reset(
                _knownAnchors,
                _journal.PutAgain,
                OpenChunk(section, section.SegmentStart),
                _draft.Blob.AsSpan(0, _draft.Length),
                end: null
            );
            _spooledBytes = _draft.Length;
            _spooledUntil = section.Samples;
        }
        else if (_ended is not null)
        {
            _spool.Reset(_knownAnchors, static () => { }, new SpoolChunk(_spooledUntil, 0, _spooledUntil), [], _ended);
        }
    }
}
