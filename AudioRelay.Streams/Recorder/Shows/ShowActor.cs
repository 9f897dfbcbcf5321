using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>One show: opens and closes its windows by the clock, listens to its station meanwhile, removes what is too old.</summary>
/// <remarks>
/// <code>
/// Idle ──window opens──► Listening ──window closes──► Leaving ──flushed──► Idle
/// </code>
/// The journal learns of an opening before the station is heard and of a closing after the section has ended and is stored, so that a
/// crash in between never leaves sound outside a window. The sound itself never passes here: the station feeds the show's capture, which,
/// like the journal's queue, is kept in the <see cref="ShowRecording"/>. So this actor may fail and begin again at any moment and costs
/// neither sound nor an entry.
/// </remarks>
internal sealed class ShowActor : IActor<ShowMessage>
{
    // The clock can be set, and people look at the state: nobody sleeps until a far window without looking up now and then.
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetainEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan WriterLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FirstRetain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private const long AliveEveryUs = 60_000_000;

    private readonly IActorContext<ShowMessage> _self;
    private readonly ShowRecording _recording;
    private readonly ActorRef<StationsMessage> _stations;
    private State _state;
    private bool _journaling;
    private bool _retaining;
    private bool _finished;
    private ReplyTo<bool>? _finish;
    private IDisposable? _nap;
    private string? _toldBreakdown;
    private readonly ClockWatch _clock;
    private long _aliveUs;
    private readonly NextWindow _next = new();

    public ShowActor(IActorContext<ShowMessage> self, ShowRecording recording, ActorRef<StationsMessage> stations)
    {
        (_self, _recording, _stations) = (self, recording, stations);
        _clock = new ClockWatch(Now);
        if (recording.Listens)
        {
            // An instance before this one did. Perhaps it was leaving as it failed: telling the station twice changes nothing.
            _state = State.Listening;
            Listen();
        }

        _self.After(TimeSpan.Zero, new ShowMessage.Look());
        _self.After(FirstRetain, new ShowMessage.Retain());
        recording.TellWriterTrouble(cause => _self.Self.Tell(new ShowMessage.WriterTroubled(cause)));
        _self.Pipe(
            token => recording.WriterEnded.WaitAsync(token),
            () => new ShowMessage.WriterEnded(null),
            error => new ShowMessage.WriterEnded(error)
        );
    }

    private enum State
    {
        Idle,
        Listening,
        Leaving,
    }

    private Moment Now => Moment.Of(_self.Time);

    private StationKey Station => _recording.Plan.Station;

    /// <inheritdoc/>
    public void Receive(ShowMessage message)
    {
        switch (message)
        {
            case ShowMessage.Look:
                Look();
                break;
            case ShowMessage.Left m when _state == State.Leaving:
                Left(m.Error);
                break;
            case ShowMessage.Troubled m:
                Write(m.Trouble);
                break;
            case ShowMessage.Journaled m:
                Journaled(m.Error);
                break;
            case ShowMessage.Retain:
                Retain();
                _self.After(RetainEvery, new ShowMessage.Retain());
                break;
            case ShowMessage.Retained m:
                Retained(m);
                break;
            case ShowMessage.WriterEnded { Error: { } error }:
                throw new ShowFaultException($"The writer of '{_recording.Plan.Name}' has failed.", error);
            case ShowMessage.WriterTroubled m:
                WriterTroubled(m.Cause);
                break;
            case ShowMessage.LookAtSection:
                LookAtSection();
                break;
            case ShowMessage.CaptureFailed m:
                throw new ShowFaultException($"The capture of '{_recording.Plan.Name}' has failed.", m.Error);
            case ShowMessage.Change m:
                _recording.Plan = m.Plan;
                _recording.SettledUs = Now.UtcUs;
                Look();
                break;
            case ShowMessage.Finish m:
                _finish = m.Done;
                Look();
                break;
        }
    }

    /// <inheritdoc/>
    public string Describe()
    {
        var what = _state switch
        {
            // A section's id is the clock when it began.
            State.Listening when _recording.Capture.Section is { } section =>
                $"recording since {DateTime.UnixEpoch.AddMicroseconds(section):yyyy-MM-dd HH:mm:ss'Z'} (section {section})",
            State.Listening => "listening, no sound yet",
            State.Leaving => "ending its section",
            _ when _finished => "finished",
            _ => _next.Describe(),
        };
        var trouble = _recording.WriterTrouble ?? _recording.Capture.Fault;
        var why = _recording.Capture.Failure is { } failure ? $": {failure.Message}" : "";
        return trouble is { } cause ? $"{what}, {cause.WireName()}{why}" : what;
    }

    /// <summary>Brings the windows up to the present; what changed decides whether the station is heard.</summary>
    private void Look()
    {
        var now = Now;
        if (_clock.Look(now) is { } moved && _state == State.Listening)
        {
            Write(moved);
        }

        NoticeBreakdown();
        if (_state == State.Leaving)
        {
            return; // the answer looks again
        }

        var due =
            _finish is null && !_finished
                ? WindowCatchUp.Plan(_recording.LastWindow, _recording.Plan.Windows, now.UtcUs, _recording.SettledUs)
                : Closing(now.UtcUs);
        if (due.Count > 0 && due[0] is WindowClosed && _state == State.Listening)
        {
            _state = State.Leaving;
            _self.Pipe(
                async token => await Leave(_finish is null ? EndCause.WindowEnd : EndCause.StoppedByUser, token),
                () => new ShowMessage.Left(null),
                error => new ShowMessage.Left(error)
            );
            return;
        }

        foreach (var entry in due)
        {
            Note(entry);
        }

        var open = _recording.LastWindow is { UntilUs: null };
        if (open && _state == State.Idle)
        {
            Listen();
        }

        _finished |= _finish is not null && !open;
        StayAlive(now.UtcUs);
        Nap(now.UtcUs);
        AnswerFinish();
    }

    private void Listen()
    {
        if (_stations.Tell(new StationsMessage.Listen(Station, new StationListener(_recording.Capture, Report, Failed))))
        {
            _recording.Listens = true;
            _state = State.Listening;
        }
        else
        {
            _self.After(TryAgain, new ShowMessage.Look()); // a hundred shows can begin in the same instant
        }
    }

    private IReadOnlyList<JournalBody> Closing(long nowUs) => _recording.LastWindow is { UntilUs: null } ? [new WindowClosed(nowUs)] : [];

    private void Note(JournalBody entry)
    {
        _recording.LastWindow = entry switch
        {
            WindowOpened opened => new WindowInfo(opened.FromUs, null),
            WindowClosed closed => _recording.LastWindow! with { UntilUs = closed.AtUs },
            _ => _recording.LastWindow,
        };
        _self.Log(entry is WindowOpened ? "window opened" : "window closed");
        Write(entry);
    }

    private async Task Leave(EndCause cause, CancellationToken token)
    {
        var left = await _stations.Ask<bool>(
            done => new StationsMessage.Leave(Station, _recording.Capture, cause, done),
            LeaveLimit,
            token
        );
        if (!left)
        {
            throw new InvalidOperationException("the station is too busy");
        }

        await _recording.Written(token);
    }

    private void Left(Exception? error)
    {
        if (error is not null)
        {
            // The station is between two restarts. What it feeds us meanwhile is kept: better late out of a window than lost.
            _self.Warn($"the section cannot be ended yet: {error.Message}");
            _state = State.Listening;
            _self.After(TryAgain, new ShowMessage.Look());
            return;
        }

        _recording.Listens = false;
        _state = State.Idle;
        Retain();
        Look();
    }

    /// <summary>The station's trouble; called on the station's turn.</summary>
    private void Report(Trouble trouble)
    {
        if (!_self.Self.Tell(new ShowMessage.Troubled(trouble)))
        {
            _self.Warn($"too busy to journal {trouble.Cause.WireName()}");
        }
    }

    private void Failed(Exception error) => _self.Self.Tell(new ShowMessage.CaptureFailed(error));

    private void Write(JournalBody entry)
    {
        if (!_recording.Journal.Add(Now.UtcUs, entry))
        {
            _self.Warn($"the journal cannot be written and has no room for: {entry.Kind}");
        }

        WriteJournal();
    }

    private void WriteJournal()
    {
        if (_journaling || _recording.Journal.Count == 0)
        {
            return;
        }

        _journaling = true;
        _self.Pipe(_ => _recording.Journal.WriteAsync(), () => new ShowMessage.Journaled(null), error => new ShowMessage.Journaled(error));
    }

    private void Journaled(Exception? error)
    {
        _journaling = false;
        if (error is null)
        {
            WriteJournal();
        }
        else
        {
            _self.Warn($"the journal cannot be written and waits: {error.Message}");
        }

        AnswerFinish();
    }

    private void AnswerFinish()
    {
        if (_finished && _recording.Journal.Count == 0)
        {
            _finish?.Tell(true);
            _finish = null;
        }
    }

    private void WriterTroubled(GapCause? cause)
    {
        _self.Log(
            cause is null
                ? "there is room on the disk again: what waited is written"
                : "the disk is full: what is recorded waits in memory for room"
        );
        LookAtSection();
    }

    /// <summary>What breaks in the show's own half of the capture breaks nothing else; it is told once when it begins and once when it is over.</summary>
    private void NoticeBreakdown()
    {
        var told =
            _recording.Capture.Failure?.Message ?? (_recording.Capture.Fault == GapCause.ClockStep ? GapCause.ClockStep.WireName() : null);
        if (told != _toldBreakdown)
        {
            _self.Log(told is null ? "recorded again" : $"not recorded: {told}");
            _toldBreakdown = told;
        }
    }

    private void LookAtSection()
    {
        if (_recording.WriterTrouble is null || _state != State.Listening)
        {
            return;
        }

        if (_recording.Capture.Fault is null)
        {
            _self.After(WriterLook, new ShowMessage.LookAtSection());
        }
        else
        {
            _self.Warn("the section was ended, because the disk stayed full: nothing is recorded until there is room");
        }
    }

    private void Retain()
    {
        if (_retaining || _recording.Plan.Retention is not { } keep)
        {
            return;
        }

        _retaining = true;
        var limitUs = Now.UtcUs - (long)keep.TotalMicroseconds;
        _self.Pipe(
            token => _recording.Retain(limitUs, _self.Time, token),
            report => new ShowMessage.Retained(report, null),
            error => new ShowMessage.Retained(null, error)
        );
    }

    private void Retained(ShowMessage.Retained outcome)
    {
        _retaining = false;
        if (outcome.Error is { } error)
        {
            _self.Warn($"retention failed and is tried again in an hour: {error.Message}");
        }
        else if (outcome.Report is { Sections.Count: > 0 } report)
        {
            _self.Log($"retention removed {report.Sections.Count} sections, {report.Segments} segments");
        }
    }

    /// <summary>Says that the recorder ran, where no segment says it.</summary>
    private void StayAlive(long nowUs)
    {
        var due = nowUs - _aliveUs >= AliveEveryUs && _recording.Journal.Count == 0; // what waits says so too
        if (due && _recording.Capture.Section is null && _recording.LastWindow is { UntilUs: null })
        {
            _aliveUs = nowUs;
            Write(new Alive(nowUs));
        }

        WriteJournal();
    }

    private void Nap(long nowUs)
    {
        _nap?.Dispose();
        var demand = ShowDemands.At(_recording.Plan.Windows, nowUs);
        _next.Look(_state == State.Idle && !_finished ? demand : null, nowUs, _self.Log);
        var turn =
            demand is not { } d ? long.MaxValue
            : d.FromUs > nowUs ? d.FromUs
            : d.UntilUs;
        var nap =
            turn - nowUs > LongestNap.TotalMicroseconds || turn == long.MaxValue ? LongestNap : TimeSpan.FromMicroseconds(turn - nowUs);
        _nap = _self.After(nap, new ShowMessage.Look());
    }
}
