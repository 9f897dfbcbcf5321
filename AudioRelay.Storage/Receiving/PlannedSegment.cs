namespace AudioRelay.Storage.Receiving;

/// <summary>A pulled segment with its place here.</summary>
/// <param name="Id">Its local id.</param>
/// <param name="FirstSample">The section's programme sample it begins with.</param>
/// <param name="StartsSection">True for the first of its section.</param>
/// <param name="Pulled">As it came.</param>
/// <param name="Sha256">Of its data: what came with it and was checked, or computed here.</param>
internal sealed record PlannedSegment(long Id, long FirstSample, bool StartsSection, PulledSegment Pulled, byte[] Sha256);
