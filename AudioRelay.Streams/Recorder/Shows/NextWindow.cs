using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>Until when a show has nothing to record, told once: who starts it outside its window would see nothing happen.</summary>
internal sealed class NextWindow
{
    private long? _fromUs;

    /// <summary>Tells of the next stretch when it is another than before.</summary>
    /// <param name="demand">What is wanted now or next; null when nothing is, or it is being recorded.</param>
    /// <param name="nowUs">UTC in µs.</param>
    /// <param name="tell">Takes the line.</param>
    public void Look(Demand? demand, long nowUs, Action<string> tell)
    {
        var next = demand is { } found && found.FromUs > nowUs ? found.FromUs : (long?)null;
        if (next is { } fromUs && next != _fromUs)
        {
            tell($"nothing to record until {Utc(fromUs)}");
        }

        _fromUs = next;
    }

    /// <summary>What the show does meanwhile.</summary>
    public string Describe() => _fromUs is { } fromUs ? $"outside its window until {Utc(fromUs)}" : "outside its window";

    private static string Utc(long us) => $"{DateTime.UnixEpoch.AddMicroseconds(us):yyyy-MM-dd HH:mm:ss'Z'}";
}
