namespace AudioRelay.Storage.Retention;

/// <summary>One pass of retention, a step at a time; each step is short, and the store does other things between two of them.</summary>
/// <param name="limitUs">UTC µs: what ended before it goes.</param>
/// <param name="time">The clock, for the journal and for measuring slices.</param>
internal sealed class RetentionPass(long limitUs, TimeProvider time)
{
    private readonly List<long> _sections = [];
    private long _segments;
    private TimeSpan _longest;
    private IEnumerator<int>? _steps;

    /// <summary>What was done so far.</summary>
    public RetentionReport Report => new(_sections, _segments, _longest);

    /// <summary>Does one step on the store's thread; false when there is nothing more to do.</summary>
    public bool Step(SectionRemover remover)
    {
        _steps ??= Steps(remover).GetEnumerator();
        return _steps.MoveNext();
    }

    private IEnumerable<int> Steps(SectionRemover remover)
    {
        IReadOnlyList<SectionInfo> hidden;
        do
        {
            var nowUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            hidden = remover.HideBefore(limitUs, nowUs);
            _sections.AddRange(hidden.Select(s => s.Id));
            yield return hidden.Count;
        } while (hidden.Count > 0);

        RetentionSlice slice;
        do
        {
            slice = remover.DeleteSlice(RetentionRun.SliceBudget, time);
            _segments += slice.Segments;
            _longest = slice.Took > _longest ? slice.Took : _longest;
            yield return slice.Segments;
        } while (slice.More);

        // Each call drops a bounded number, and gives back a bounded number of pages.
        while (remover.ForgetBefore(limitUs) is > 0 and var dropped)
        {
            yield return dropped;
        }

        while (remover.ShrinkSlice())
        {
            yield return 0;
        }
    }
}
