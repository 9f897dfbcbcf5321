using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture.Shows;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.Streams.Capture.Stations;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// A show's half of a capture: decode → mono → resample → encode → split, or copy, into sections and segments for the writer.
/// Driven by the <see cref="StationCapture"/> it is attached to; a show outlives its station's connections.
/// </summary>
public sealed class ShowCapture : IDisposable
{
    // A frame that begins this little before the end of the section before it begins at its end.
    private const long TouchingUs = 2_000;

    // A section that ends further in the future than this was not stored by the clock that is believed now.
    private const long MostAheadUs = 75_000_000;

    // What the wall clock may move away from the one a chain began with; less is taken over at the next 24 h cut.
    private const long ClockStepUs = 2_000_000;

    private readonly ShowCaptureOptions _options;
    private readonly CodecCatalog _codecs;
    private readonly SectionWriter _sections;
    private readonly Breakdown _breakdown = new();
    private ISoundChain? _chain;
    private ISoundChain? _warming;
    private long? _overlapFromUs;
    private int _resumeBehind;
    private bool _waitsForClock;

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
        _sections = new SectionWriter(options, sink, spool, position, resume, _breakdown);
        Resume = resume;
    }

    /// <summary>The show's name.</summary>
    public string Name => _options.Name;

    /// <summary>The section that is being recorded; null while there is none.</summary>
    public long? Section => _sections.Section;

    /// <summary>Why nothing is recorded although frames come; null when they are.</summary>
    public GapCause? Fault => _sections.Fault ?? _breakdown.Cause ?? (_waitsForClock ? GapCause.ClockStep : null);

    /// <summary>What broke this show's part of the capture, while nothing is recorded because of it; null when it works.</summary>
    /// <remarks>The station and its other shows go on; this show tries again after half a minute, and when it is attached again.</remarks>
    public Exception? Failure => _breakdown.Error;

    /// <summary>Frames that were dropped because the section before already covers their time.</summary>
    public long OverlapFrames { get; private set; }

    /// <summary>How often the spool could not be written.</summary>
    public long SpoolFailures => _sections.SpoolFailures;

    /// <summary>Where another process left off, as long as it may be continued.</summary>
    internal SpoolResume? Resume { get; private set; }

    /// <summary>Hands on what still waits for the writer.</summary>
    /// <param name="nowUs">Monotonic µs.</param>
    /// <returns>True when everything is committed.</returns>
    public bool Drain(long nowUs)
    {
        OnTime(nowUs);
        return _sections.IsCommitted;
    }

    /// <summary>Frees decoder, encoder and buffers; whatever was not flushed by a detach is lost (the spool has it).</summary>
    public void Dispose()
    {
        _chain?.Dispose();
        _warming?.Dispose();
        _chain = _warming = null;
    }

    /// <summary>The wall clock was read.</summary>
    /// <param name="utcOffsetUs">UTC − monotonic time, µs.</param>
    /// <param name="nowUs">Monotonic µs.</param>
    internal void OnClock(long utcOffsetUs, long nowUs)
    {
        _sections.WallOffsetUs = utcOffsetUs;
        if (_sections.ChainOffsetUs is { } chain && Math.Abs(utcOffsetUs - chain) > ClockStepUs)
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
            _sections.Titles.Set(text, block.SentAnew);
        }
    }

    internal void ForgetTitle() => _sections.Titles.Forget();

    internal void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, in FramePlace at)
    {
        if (_breakdown.Rests(at.ArrivedUs))
        {
            return;
        }

        try
        {
            TakeFrame(format, frame, hash, at);
        }
        catch (Exception error)
        {
            Fail(error, at.ArrivedUs);
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

        try
        {
            TakeRepeat(format, frame, at, before);
        }
        catch (Exception error)
        {
            Fail(error, at.ArrivedUs);
        }
    }

    internal void AlignResume(SpoolResume furthest)
    {
        if (Resume is not { } mine || ReferenceEquals(mine, furthest))
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
        Resume = null;
        _warming?.Dispose();
        _warming = null;
    }

    /// <summary>The sound stops here for good: flushes, and ends the section.</summary>
    internal void Break(EndCause cause, long nowUs)
    {
        try
        {
            BreakOff(cause, nowUs);
        }
        catch (Exception error)
        {
            Fail(error, nowUs);
        }
    }

    /// <summary>No bytes have come for a while: what there is becomes a segment.</summary>
    internal void Pause(long nowUs)
    {
        try
        {
            _sections.Cut();
        }
        catch (Exception error)
        {
            Fail(error, nowUs);
        }
    }

    internal void OnTime(long nowUs)
    {
        try
        {
            _sections.OnTime(nowUs);
            if (_sections.Fault is { } fault)
            {
                BreakOff((EndCause)fault, nowUs);
            }
        }
        catch (Exception error)
        {
            Fail(error, nowUs);
        }
    }

    private void TakeFrame(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, in FramePlace at)
    {
        if (_sections.Fault is { } fault)
        {
            BreakOff((EndCause)fault, at.ArrivedUs);
            return;
        }

        if (_chain is null && !Start(format, at, Resume?.StoredEndUs))
        {
            _warming?.Warm(frame);
            return;
        }

        Resume = null;
        _sections.Take(hash, at.Start, at.ArrivedUs);
        if (!Feed(format, frame, at))
        {
            BreakOff(EndCause.FormatChange, at.ArrivedUs);
            Start(format, at, _sections.CoveredUntilUs);
            Feed(format, frame, at);
        }
    }

    private void TakeRepeat(in FrameFormat format, ReadOnlySpan<byte> frame, in FramePlace at, int before)
    {
        if (Resume is not { } resume || resume.Format != format)
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
            var skip = (long)Math.Round(frames * perFrame) - missing;
            if (before < frames || !Start(format, at, resume.StoredEndUs, skip))
            {
                GiveUpResume();
                return;
            }

            _chain!.Skip(skip, resume.Rate);
        }

        Feed(format, frame, at);
    }

    private void BreakOff(EndCause cause, long nowUs)
    {
        GiveUpResume();
        if (_chain is not null)
        {
            _sections.End(cause, nowUs);
            _chain.Dispose();
            _chain = null;
        }
    }

    // Something in this show's half is broken: a missing library, a disk, a bug. It is this show's alone, so it ends here: what came out of
    // the encoder so far is kept, the cause is written once, and the station and its other shows never hear of it.
    private void Fail(Exception error, long nowUs)
    {
        var cause = Breakdown.CauseOf(error);
        _sections.Abandon((EndCause)cause, nowUs);
        GiveUpResume();
        _chain?.Dispose();
        _chain = null;
        if (_breakdown.Begin(error, nowUs))
        {
            _sections.Tell(new Trouble(cause, nowUs + _sections.WallOffsetUs, null, error.Message));
        }
    }

    // Begins a chain at a frame. False while the section before covers the frame's time: such frames only warm the decoder up.
    private bool Start(in FrameFormat format, in FramePlace at, long? exactlyUs, long skip = 0)
    {
        var startUs = exactlyUs ?? (at.Run.Clock.UsAt(at.Start) + at.UtcOffsetUs);
        if (_sections.CoveredUntilUs is { } covered && startUs < covered - TouchingUs)
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
        _chain = _warming ?? NewChain(format);
        _warming = null;
        startUs = Math.Max(startUs, _sections.CoveredUntilUs ?? startUs);
        var map = new ProgrammeMap(at.Start, -skip, format.SampleRate);
        _sections.Begin(_chain, new ChainStart(format, startUs, at.UtcOffsetUs, map, _overlapFromUs));
        _overlapFromUs = null;
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
        _sections.Tell(
            new Trouble(
                GapCause.ClockStep,
                nowUtcUs,
                coveredUs,
                $"what was recorded reaches until {until:yyyy-MM-dd HH:mm:ss} UTC, which the clock has yet to reach; nothing is recorded until then. "
                    + "Is the clock right? Then move the show's file away to begin with a new one."
            )
        );
    }

    private bool Feed(in FrameFormat format, ReadOnlySpan<byte> frame, in FramePlace at)
    {
        if (!_chain!.Feed(frame, _sections))
        {
            return false;
        }

        _sections.Took(at.ArrivedUs, at.Start + format.SamplesPerFrame);
        return true;
    }

    private ISoundChain NewChain(in FrameFormat format) => CaptureGraph.Sound(format, _options, _codecs);
}
