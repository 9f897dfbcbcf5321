namespace AudioRelay.Benchmarks.Sync;

/// <summary>What is pulled, and what a peer writes.</summary>
/// <param name="Count">How many segments.</param>
/// <param name="Blob">The sound of each.</param>
internal sealed record SyncRows(int Count, byte[] Blob)
{
    public string Rate(double perSecond) => $"{perSecond:0}/s ({perSecond * Blob.Length / 1e6:0} MB/s)";
}
