using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>Notices when the wall clock and the monotonic clock go different ways: the clock was set, or the machine slept. Pure.</summary>
/// <param name="begun">Both clocks at the beginning.</param>
internal sealed class ClockWatch(Moment begun)
{
    private const long StepUs = 2_000_000;

    private Moment _looked = begun;

    /// <summary>Compares with the last look.</summary>
    /// <returns>What explains a gap between the two looks; null when the clocks agree.</returns>
    public Trouble? Look(Moment now)
    {
        var before = _looked;
        _looked = now;
        var step = now.UtcUs - before.UtcUs - (now.MonoUs - before.MonoUs);
        return Math.Abs(step) <= StepUs
            ? null
            : new Trouble(
                GapCause.ClockStep,
                Math.Min(before.UtcUs, now.UtcUs),
                Math.Max(before.UtcUs, now.UtcUs),
                $"the clock moved by {step / 1_000_000.0:0.0} s"
            );
    }
}
