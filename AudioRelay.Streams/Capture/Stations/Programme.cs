using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Matching;

namespace AudioRelay.Streams.Capture.Stations;

/// <summary>What a station's connections together bring, each frame once: what the shows hear.</summary>
internal sealed class Programme(LocalClock clock)
{
    // Long enough for any decoder's memory (an MP3 bit reservoir reaches back ten frames at most).
    private const int WarmUpFrames = 60;

    private (FrameFormat Format, byte[] Frame, long ArrivedUs)? _tail;

    /// <summary>Who listens.</summary>
    public List<ShowCapture> Shows { get; } = [];

    /// <summary>What was heard in the last minute.</summary>
    public FrameHistory History { get; } = new(1);

    /// <summary>The run that goes on, or could; null while there is none.</summary>
    public StationRun? Run { get; private set; }

    /// <summary>The newest title; null while it is not known.</summary>
    public TitleBlock? Title { get; private set; }

    /// <summary>Frames that were heard.</summary>
    public long Frames { get; private set; }

    /// <summary>A show begins to listen.</summary>
    public void Attach(ShowCapture show, long nowUs)
    {
        Shows.Add(show);
        show.OnClock(clock.UtcOffsetUs, nowUs);
        show.ForgetTitle();
        show.TryAgain();
        if (Run is not null)
        {
            // What it could have gone on with has gone by while others listened.
            show.GiveUpResume();
        }

        if (Title is { } block)
        {
            show.OnBlock(block);
        }
    }

    /// <summary>A run begins.</summary>
    /// <param name="format">What its frames are.</param>
    /// <param name="startMonoUs">When its first sample was sounded.</param>
    public void Begin(FrameFormat format, long startMonoUs)
    {
        Run = new StationRun(format, startMonoUs);
        History.Grow(FrameHistory.Minute(format));
    }

    /// <summary>A new frame.</summary>
    public void Push(in FrameFormat format, ReadOnlySpan<byte> frame, ulong hash, long arrivedUs, bool startsDial = false)
    {
        if (Run is null)
        {
            return;
        }

        if (Run.Format != format)
        {
            var endUs = Run.Clock.UsAt(Run.Samples);
            Break(EndCause.FormatChange, arrivedUs);
            Begin(format, endUs);
        }

        Frames++;
        History.Add(hash, startsDial);
        var at = new FramePlace(Run, Run.Samples, arrivedUs, clock.UtcOffsetUs);
        Run.Add(arrivedUs);
        foreach (var show in Shows)
        {
            show.OnFrame(format, frame, hash, at);
        }
    }

    /// <summary>A last frame that is whole, with nothing behind it to confirm it: it counts if no other connection brings it.</summary>
    public void HoldTail(in FrameFormat format, ReadOnlySpan<byte> frame, long arrivedUs) => _tail = (format, frame.ToArray(), arrivedUs);

    /// <summary>It comes again, or what it belongs to is heard on another connection.</summary>
    public void DropTail() => _tail = null;

    /// <summary>Nothing brings it again: it counts.</summary>
    /// <param name="coming">The hashes of frames that are about to be heard.</param>
    public void PushTail(ReadOnlySpan<ulong> coming = default)
    {
        if (_tail is { } tail)
        {
            var hash = FrameHash.Of(tail.Frame);
            _tail = null;
            if (!coming.Contains(hash))
            {
                Push(tail.Format, tail.Frame, hash, tail.ArrivedUs);
            }
        }
    }

    /// <summary>Frames that another process recorded run up to the first new one: decoders learn from them, and the run begins in them.</summary>
    public void Warm(StationConnection connection, int drop)
    {
        var waiting = connection.Waiting;
        var first = waiting.StretchStart(drop - 1);
        var format = waiting.Format(first);
        Begin(format, connection.Envelope.LowUs + waiting.StartUs(first));
        for (var i = first; i < drop; i++)
        {
            if (i >= drop - WarmUpFrames)
            {
                var at = new FramePlace(Run!, Run!.Samples, waiting.ArrivedUs(i), clock.UtcOffsetUs);
                foreach (var show in Shows)
                {
                    show.OnRepeat(format, waiting[i], at, drop - i);
                }
            }

            Run!.Add(waiting.ArrivedUs(i));
        }
    }

    /// <summary>A connection was judged: what it holds is heard, from its first new frame on.</summary>
    /// <param name="connection">The connection; nothing waits in it afterwards.</param>
    /// <param name="from">Its first new frame.</param>
    /// <param name="startsDial">It continues nothing.</param>
    public void Hear(StationConnection connection, int from, bool startsDial)
    {
        var waiting = connection.Waiting;
        var blocks = connection.WaitingBlocks;
        var block = 0;

        // Of the titles inside the replay the last one holds at the splice.
        while (block + 1 < blocks.Count && blocks[block + 1].Frame <= from)
        {
            block++;
        }

        for (var i = from; i < waiting.Count; i++)
        {
            for (; block < blocks.Count && blocks[block].Frame <= i; block++)
            {
                // What the replay repeats was announced before.
                var sentAnew = blocks[block].Block.SentAnew && (startsDial || blocks[block].Frame > from);
                Announce(blocks[block].Block with { SentAnew = sentAnew });
            }

            Push(waiting.Format(i), waiting[i], waiting.Hashes[i], waiting.ArrivedUs(i), startsDial && i == from);
        }

        for (; block < blocks.Count; block++)
        {
            Announce(blocks[block].Block);
        }

        connection.Forget();
    }

    /// <summary>A metadata block in front of the next frame.</summary>
    public void Announce(TitleBlock block)
    {
        Title = block;
        foreach (var show in Shows)
        {
            show.OnBlock(block);
        }
    }

    /// <summary>What is on is not known any more, and what another process left is not to be had.</summary>
    public void ForgetBefore()
    {
        Title = null;
        foreach (var show in Shows)
        {
            show.GiveUpResume();
            show.ForgetTitle();
        }
    }

    /// <summary>The sound stops here for good.</summary>
    public void Break(EndCause cause, long nowUs)
    {
        foreach (var show in Shows)
        {
            show.Break(cause, nowUs);
        }
    }

    /// <summary>Nothing will be continued.</summary>
    public void End(EndCause cause, long nowUs)
    {
        PushTail();
        Break(cause, nowUs);
        Run = null;
        History.Clear();
    }

    public void OnClock(long nowUs)
    {
        foreach (var show in Shows)
        {
            show.OnClock(clock.UtcOffsetUs, nowUs);
        }
    }

    public void OnTime(long nowUs)
    {
        foreach (var show in Shows)
        {
            show.OnTime(nowUs);
        }
    }
}
