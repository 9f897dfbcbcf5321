namespace AudioRelay.Streams.Capture;

/// <summary>Takes what a show's capture finished: segments with the journal entries that belong to them. Bounded, never blocking.</summary>
public interface ISegmentSink
{
    /// <summary>What keeps it from writing now (<c>disk_full</c>, <c>writer_fault</c>); null when nothing does.</summary>
    string? Trouble { get; }
}
