using AudioRelay.Media.Framing;
using AudioRelay.Streams.Capture.Clock;

namespace AudioRelay.Streams.Capture.Stations;

/// <summary>An unbroken stretch of a station's frames, over as many connections as could be spliced, in one format.</summary>
internal sealed class StationRun
{
    private const long Second = 1_000_000;
    private const long RecentUs = 5 * Second;

    private long _bucketSinceUs;
    private long _bucketLow = long.MaxValue;
    private long _previousLow = long.MaxValue;

    /// <param name="format">What the frames are.</param>
    /// <param name="startMonoUs">When its first sample was sounded, by the monotonic clock.</param>
    public StationRun(FrameFormat format, long startMonoUs)
    {
        Format = format;
        Clock = new SectionClock(format.SampleRate, startMonoUs);
    }

    /// <summary>What the frames are.</summary>
    public FrameFormat Format { get; }

    /// <summary>Media time so far, in samples of the frames' rate.</summary>
    public long Samples { get; private set; }

    /// <summary>From media time to the monotonic clock.</summary>
    public SectionClock Clock { get; }

    /// <summary>Length of a frame.</summary>
    public double FrameUs => Format.SamplesPerFrame * 1e6 / Format.SampleRate;

    /// <summary>When its end was sounded, as the last seconds show it; unlike the clock it follows a stall at once.</summary>
    public long EndMonoUs
    {
        get
        {
            var low = Math.Min(_bucketLow, _previousLow);
            return low == long.MaxValue ? Clock.UsAt(Samples) : low + MediaUs;
        }
    }

    private long MediaUs => (long)((Int128)Samples * Second / Format.SampleRate);

    /// <summary>A frame more.</summary>
    /// <param name="arrivedUs">When it arrived.</param>
    public void Add(long arrivedUs)
    {
        Samples += Format.SamplesPerFrame;
        Clock.Observe(arrivedUs, Samples);
        Clock.Jump(Samples); // at once, if one is due: a run has no segments to wait for
        Clock.ForgetFresh(); // nobody stores this one: the sections have their own

        if (arrivedUs - _bucketSinceUs >= RecentUs)
        {
            _previousLow = _bucketLow;
            _bucketLow = long.MaxValue;
            _bucketSinceUs = arrivedUs;
        }

        _bucketLow = Math.Min(_bucketLow, arrivedUs - MediaUs);
    }
}
