using System.Security.Cryptography;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Support;

/// <summary>Tells which frames of a station's source were stored: the index of each, in the order they are kept.</summary>
internal sealed class FrameIndex
{
    private readonly Dictionary<string, long> _indices = [];

    /// <param name="source">No two of its frames in that range are equal.</param>
    /// <param name="frames">How many frames to know.</param>
    public FrameIndex(IFrameSource source, long frames)
    {
        for (long index = 0; index < frames; index++)
        {
            _indices.Add(Hash(source.FrameAt(index)), index);
        }
    }

    /// <summary>The indices of the frames in stored <c>copy</c> segments; -1 for one that the source never had.</summary>
    public IReadOnlyList<long> Of(IEnumerable<StoredSegment> segments)
    {
        List<long> indices = [];
        foreach (var segment in segments)
        {
            indices.AddRange(FrameList.Of(segment.Data).Frames.Select(frame => _indices.GetValueOrDefault(Hash(frame), -1)));
        }

        return indices;
    }

    private static string Hash(byte[] frame) => Convert.ToBase64String(SHA256.HashData(frame), 0, 16);
}
