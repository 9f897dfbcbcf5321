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
        var sections = new List<long>();
        IReadOnlyList<SectionInfo> hidden;
        do
        {
            var nowUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            hidden = await writer.RunAsync(store => store.Retention.HideBefore(limitUs, nowUs), cancel);
            sections.AddRange(hidden.Select(s => s.Id));
        } while (hidden.Count > 0);

        var segments = 0L;
        var longest = TimeSpan.Zero;
        RetentionSlice slice;
        do
        {
            slice = await writer.RunAsync(store => store.Retention.DeleteSlice(SliceBudget, time), cancel);
            segments += slice.Segments;
            longest = slice.Took > longest ? slice.Took : longest;
        } while (slice.More);

        while (await writer.RunAsync(store => store.Retention.ForgetBefore(limitUs), cancel) > 0)
        {
            // Each call drops a bounded number.
        }

        while (await writer.RunAsync(store => store.Retention.ShrinkSlice(), cancel))
        {
            // Each call gives back a bounded number of pages.
        }

        return new RetentionReport(sections, segments, longest);
    }
}
