namespace AudioRelay.Storage.Sqlite;

/// <summary>Where a received segment comes from, and the id it gets here.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="Source">The number of the recorder's store in <c>sources</c>.</param>
/// <param name="SourceId">Its id there.</param>
internal sealed record SegmentOrigin(long Id, long Source, long SourceId);
