using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Host.Doctor;

/// <summary>A recorder: does it answer, and is it one.</summary>
internal static class RecorderFinding
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<Finding> LookAsync(
        RemotePlan plan,
        Func<RemotePlan, IRecorderClient> connect,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var subject = $"recorder {plan.Name}";
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var client = connect(plan);
            var shows = await client.ShowsAsync(either.Token);
            var missing = plan.Shows?.Where(wanted => shows.All(show => show.Name != wanted.Name)).Select(wanted => wanted.Name).ToList();
            return missing is { Count: > 0 }
                ? new Finding(FindingState.Note, subject, $"answers, and has no sound yet of {string.Join(", ", missing)}")
                : new Finding(FindingState.Ok, subject, $"answers; shows: {shows.Count}");
        }
        catch (RecorderException error)
        {
            // That it is off is no fault of this machine; that it is none, or refuses us, does not pass by itself.
            var lasts = error.Fault is RecorderFault.TokenRefused or RecorderFault.NotARecorder or RecorderFault.Certificate;
            return new Finding(lasts ? FindingState.Missing : FindingState.Note, subject, error.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Finding(FindingState.Note, subject, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
