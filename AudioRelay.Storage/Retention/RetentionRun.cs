using AudioRelay.Storage.Threads;

namespace AudioRelay.Storage.Retention;

/// <summary>One pass of retention over a show, as many small steps between which recording goes on.</summary>
public static class RetentionRun
{
    /// <summary>How long one step may hold the store's thread.</summary>
    public static readonly TimeSpan SliceBudget = TimeSpan.FromMilliseconds(50);

    /// <summary>Removes what ended before <paramref name="limitUs"/> and nothing holds.</summary>
    /// <param name="writer">The show's store.</param>
    /// <param name="limitUs">UTC µs.</param>
    /// <param name="time">The clock, for the journal and for measuring slices.</param>
    /// <param name="cancel">Stops between two steps; what is hidden by then is deleted by the next run.</param>
    public static async Task<RetentionReport> RunAsync(
        StoreWriter writer,
        long limitUs,
        TimeProvider time,
        CancellationToken cancel = default
    )
    {
        var pass = new RetentionPass(limitUs, time);
        while (await writer.RunAsync(store => pass.Step(store.Retention), cancel))
        {
            // Recording goes on between two steps.
        }

        return pass.Report;
    }
}
