using AudioRelay.TestKit.Predecessor;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>Reads version 1 as the predecessor would, and holds every byte against what it would have written itself.</summary>
internal static class WireReader
{
    public static List<LiteralSegment> Read(byte[] stream)
    {
        var segments = LiteralWire.Decode(stream);
        Assert.Equal(LiteralWire.Encode(segments), stream);
        return segments;
    }
}
