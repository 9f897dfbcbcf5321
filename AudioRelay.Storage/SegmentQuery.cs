using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage;

/// <summary>Which segments to list, in id order; what is given must all hold. Blobs are not touched.</summary>
/// <param name="FromId">Smallest id.</param>
/// <param name="ToId">Largest id, inclusive.</param>
/// <param name="SectionId">Only this section's.</param>
/// <param name="Overlapping">Only those that share time with this range, by their sections' wall maps.</param>
/// <param name="Limit">At most this many.</param>
/// <param name="WithHashes">Fill <see cref="SegmentInfo.Sha256"/>.</param>
public sealed record SegmentQuery(
    long? FromId = null,
    long? ToId = null,
    long? SectionId = null,
    UtcRange? Overlapping = null,
    int? Limit = null,
    bool WithHashes = false
);
