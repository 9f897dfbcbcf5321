using AudioRelay.Storage;

namespace AudioRelay.Streams.Capture;

/// <summary>Takes what a show's capture finished: segments with the journal entries that belong to them. Bounded, never blocking.</summary>
public interface ISegmentSink
{
    /// <summary>What keeps it from writing now (disk full, writer fault); null when nothing does.</summary>
    GapCause? Trouble { get; }

    /// <summary>How many of the accepted batches are committed; they are committed in the order in which they were accepted.</summary>
    long Committed { get; }

    /// <summary>Takes a batch, or says that it is full.</summary>
    /// <param name="batch">Not to be touched by the caller until <see cref="Committed"/> has counted it.</param>
    bool TryAccept(StoreBatch batch);
}
