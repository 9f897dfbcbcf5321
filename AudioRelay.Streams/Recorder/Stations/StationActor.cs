using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>One station: dials it while a show listens, looks after silence, and dials again.</summary>
/// <remarks>
/// <para>The rules (DESIGN §3), looked at after every message:</para>
/// <list type="table">
/// <item><term>nobody listens</term><description>hang up, call off dials</description></item>
/// <item><term>no line, no dial</term><description>dial after <see cref="RedialPolicy.Delay"/>: at once after sound</description></item>
/// <item><term>a line without bytes for max(3 s, 4 × its spacing)</term><description>dial a second one while it stays</description></item>
/// <item><term>a line without bytes for 10 s</term><description>hang it up: <c>silent</c></description></item>
/// <item><term>bytes, and no sound in them for 10 s</term><description>say so: <c>no_audio</c></description></item>
/// <item><term>the capture goes on with the second line</term><description>hang up the first</description></item>
/// <item><term>the first line has bytes again</term><description>hang up the second</description></item>
/// </list>
/// <para>Answers carry the number of their dial: one that comes too late is closed, not believed. See <see cref="PendingDial"/>.</para>
/// </remarks>
internal sealed class StationActor : IActor<StationMessage>
{
    private const long SilentUs = 10_000_000;
    private const int ReadSize = 16 * 1024;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly IActorContext<StationMessage> _self;
    private readonly StationGate _gate;
    private readonly StationDial _dial;
    private readonly Uri _address;
    private readonly Random _random;
    private readonly List<StationLine> _lines = [];
    private readonly RedialPolicy _policy = new();
    private readonly StationTrouble _trouble = new();
    private PendingDial? _dialling;
    private IDisposable? _waiting;
    private IDisposable? _look;

    public StationActor(IActorContext<StationMessage> self, Uri address, StationGate gate, StationDial dial, Random random)
    {
        (_self, _address, _gate, _dial, _random) = (self, address, gate, dial, random);
        if (gate.HasListeners)
        {
            // Another instance was here before, and has failed or was ended: its connections are gone, and its capture cannot be trusted.
            gate.BeginAnew(Now);
            Consider();
        }
    }

    private Moment Now => Moment.Of(_self.Time);

    /// <inheritdoc/>
    public void Receive(StationMessage message)
    {
        switch (message)
        {
            case StationMessage.Attach m:
                if (_gate.Attach(m.Listener, Now))
                {
                    _trouble.Tell(m.Listener);
                }

                break;
            case StationMessage.Detach m:
                _gate.Detach(m.Show, m.Cause, Now);
                m.Done.Tell(true);
                break;
            case StationMessage.Answered m:
                if (_dialling is { } answered && answered.Attempt == m.Attempt)
                {
                    _dialling = null;
                    Open(m.Attempt, answered.Take());
                }

                break;
            case StationMessage.NotAnswered m:
                _dialling = null;
                NotAnswered(m.Error);
                break;
            case StationMessage.HungUp m:
                HungUp(m.Attempt, m.Error);
                break;
            case StationMessage.DialNow:
                _waiting = null;
                if (IsDoubted(Now.MonoUs))
                {
                    Dial(); // else the line that was silent has spoken meanwhile
                }

                break;
            case StationMessage.Look:
                _look = null;
                Look();
                break;
        }

        Consider();
    }

    /// <inheritdoc/>
    public string Describe()
    {
        var status = _gate.With(c => c.Status);
        var format = status.Format is { } f ? $" {f.Codec} {f.SampleRate} Hz" : "";
        var line = _lines.Count switch
        {
            0 when _dialling is not null => "dialling",
            0 when _waiting is not null => $"waiting after {_policy.Fruitless} fruitless dials",
            0 => "hung up",
            1 when _dialling is not null => "on the line, dialling another",
            1 => "on the line",
            _ => "on two lines",
        };
        return $"{line}, {status.State}{format}, for {Shows}, {status.Frames} frames{_trouble}";
    }

    private string Shows => _gate.Listeners.Count == 0 ? "nobody" : string.Join(", ", _gate.Listeners.Select(l => l.Show.Name));

    /// <inheritdoc/>
    public async Task Ending(ActorEnd end, CancellationToken token)
    {
        if (_dialling is { } dialling)
        {
            await dialling.DisposeAsync();
        }

        foreach (var line in _lines)
        {
            await line.Answer.DisposeAsync(); // the pump has closed it already, unless it never began
        }
    }

    /// <summary>Compares what is with what should be, and mends the difference.</summary>
    private void Consider()
    {
        if (_gate.Listeners.Count == 0)
        {
            Rest();
            return;
        }

        var now = Now.MonoUs;
        if (IsDoubted(now) && _dialling is null && _waiting is null)
        {
            var delay = _policy.Delay(now, _random.NextDouble());
            if (delay == TimeSpan.Zero)
            {
                if (_lines is [var quiet])
                {
                    _self.Log(
                        $"nothing for {(now - quiet.LastBytesUs) / 1e6:0.0} s: dialling a second line beside connection {quiet.Attempt}"
                    );
                }

                Dial();
            }
            else
            {
                _waiting = _self.After(delay, new StationMessage.DialNow());
            }
        }

        _look ??= _self.After(LookEvery, new StationMessage.Look());
    }

    /// <summary>True when there is no line that can be relied on, and room for another one.</summary>
    private bool IsDoubted(long nowUs) => _lines.Count < 2 && _lines.TrueForAll(line => nowUs - line.LastBytesUs > line.PatienceUs);

    private void Rest()
    {
        _waiting?.Dispose();
        _look?.Dispose();
        (_waiting, _look) = (null, null);
        if (_dialling is { } dialling)
        {
            _dialling = null;
            _self.Pipe(_ => dialling.DisposeAsync().AsTask(), () => new StationMessage.Closed(null), e => new StationMessage.Closed(e));
        }

        _policy.BeginAnew();
        foreach (var line in _lines.ToArray())
        {
            HangUp(line, GapCause.StoppedByUser);
        }

        _trouble.Over(Now.UtcUs);
    }

    private void Dial()
    {
        var attempt = _gate.NextConnection();
        _policy.Dialled(Now.MonoUs);
        var dialling = new PendingDial(attempt);
        _dialling = dialling;
        dialling.Work = _self.Pipe(
            token => dialling.Run(_dial, _address, token),
            () => new StationMessage.Answered(attempt),
            error => new StationMessage.NotAnswered(attempt, error)
        );
    }

    private void Open(int attempt, StationAnswer answer)
    {
        var now = Now;
        SourceCodec? codec = answer.Content switch
        {
            StationContent.Mp3 => SourceCodec.Mp3,
            StationContent.Aac => SourceCodec.Aac,
            _ => null,
        };
        var line = new StationLine(attempt, answer, now.MonoUs);
        _lines.Add(line);
        _gate.With(c => c.Opened(attempt, new ConnectionFacts(answer.MetaInterval, codec, answer.Date), now));
        line.Pump = _self.Pipe(
            token => Pump(line, token),
            () => new StationMessage.HungUp(attempt, null),
            error => new StationMessage.HungUp(attempt, error)
        );
        _self.Log($"on the line with {answer.Address.Host} as connection {attempt}");
    }

    /// <summary>Reads the station until it ends. The arrival time is read here, once per read, and nowhere else.</summary>
    private async Task Pump(StationLine line, CancellationToken token)
    {
        await using var answer = line.Answer;
        var buffer = GC.AllocateUninitializedArray<byte>(ReadSize);
        while (true)
        {
            var count = await answer.Body.ReadAsync(buffer, token);
            if (count == 0)
            {
                return;
            }

            var arrivedAtUs = Moment.Of(_self.Time).MonoUs;
            line.Heard(arrivedAtUs);
            _gate.Feed(line.Attempt, buffer.AsSpan(0, count), arrivedAtUs);
        }
    }

    private void NotAnswered(Exception error)
    {
        if (error is not DialException failed)
        {
            throw new StationFaultException("The dialer failed in a way it does not know.", error);
        }

        var cause = failed.Fault switch
        {
            DialFault.ConnectFailed => GapCause.ConnectFailed,
            DialFault.HttpStatus => GapCause.HttpStatus,
            _ => GapCause.WrongContent,
        };
        Report(cause, failed.Message, Now.UtcUs);
    }

    private void HungUp(int attempt, Exception? error)
    {
        var line = _lines.Find(l => l.Attempt == attempt);
        if (line is null)
        {
            return; // we hung it up ourselves
        }

        _lines.Remove(line);
        _gate.With(c => c.Closed(attempt, GapCause.Disconnected, Now));
        if (error is not (null or IOException or HttpRequestException or OperationCanceledException))
        {
            throw new StationFaultException("The capture failed.", error);
        }

        Report(GapCause.Disconnected, error?.Message ?? "the station closed the connection", Now.UtcUs);
    }

    private void Look()
    {
        var now = Now;
        _gate.With(c => c.Tick(now));
        foreach (var line in _lines.ToArray())
        {
            if (!_gate.With(c => c.Wants(line.Attempt)))
            {
                // The capture went on with the other line, or the first one spoke again.
                HangUp(line, GapCause.Disconnected);
            }
            else if (now.MonoUs - line.LastBytesUs >= SilentUs)
            {
                HangUp(line, GapCause.Silent);
                Report(GapCause.Silent, "no bytes for 10 s", now.UtcUs - (now.MonoUs - line.LastBytesUs));
            }
        }

        var lastFrameUs = _gate.With(c => c.LastFrameUs) ?? long.MinValue;
        if (_lines.Count == 0)
        {
            return;
        }

        var soundless = now.MonoUs - Math.Max(lastFrameUs, _lines[0].OpenedUs);
        if (soundless >= SilentUs && now.MonoUs - _lines[0].LastBytesUs < SilentUs)
        {
            // It stays: what is garbage now may be sound in a while, and a new connection would bring the same.
            Report(GapCause.NoAudio, "bytes come, and no MP3 or AAC frames in them", now.UtcUs - soundless);
        }
        else if (lastFrameUs > _lines[^1].OpenedUs)
        {
            _policy.Heard();
            if (_trouble.Over(now.UtcUs) is { } lasted)
            {
                _self.Log($"sound again after {lasted.TotalSeconds:0.0} s");
            }
        }
    }

    private void HangUp(StationLine line, GapCause cause)
    {
        _lines.Remove(line);
        line.Pump?.Dispose(); // cancels the read; the pump closes the connection as it ends
        _gate.With(c => c.Closed(line.Attempt, cause, Now));
    }

    private void Report(GapCause cause, string detail, long sinceUs)
    {
        if (_trouble.Begin(cause, detail, sinceUs, _gate.Listeners))
        {
            _self.Warn($"{cause.WireName()}: {detail}");
        }
    }
}
