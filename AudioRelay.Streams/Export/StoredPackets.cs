using AudioRelay.Media.Containers.Opus;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Export;

/// <summary>Goes through the packets of a stored segment, whatever its codec; unlike a ref struct it may wait between them.</summary>
internal sealed class StoredPackets(SectionSound sound, PlacedSegment segment)
{
    /// <summary>PCM has no packets: so many samples are taken at once.</summary>
    private const int PcmSamples = 1024;

    private readonly byte[] _blob = segment.Segment.Data;
    private int _next;

    /// <summary>The packet's bytes.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Where the packet begins on the chain's clock.</summary>
    public long Time { get; private set; } = segment.Time;

    /// <summary>Samples in it at the section's rate.</summary>
    public int Samples { get; private set; }

    /// <summary>Goes to the next packet.</summary>
    /// <exception cref="InvalidDataException">The segment does not hold whole packets.</exception>
    public bool MoveNext()
    {
        Time += Samples;
        if (_next == _blob.Length)
        {
            return false;
        }

        var (start, length) = sound.Codec switch
        {
            "opus" => (_next + 2, OpusLength()),
            "wav" => (_next, Math.Min(PcmSamples * sound.PcmFrameBytes, _blob.Length - _next)),
            _ => (_next, FrameLength()),
        };
        if (start + length > _blob.Length)
        {
            throw Damaged();
        }

        Current = _blob.AsMemory(start, length);
        Samples = sound.Codec switch
        {
            "opus" => OpusPacket.Samples(Current.Span),
            "wav" => length / sound.PcmFrameBytes,
            _ => Samples,
        };
        if (Samples == 0)
        {
            throw Damaged();
        }

        _next = start + length;
        return true;
    }

    private int OpusLength() => _blob.Length - _next < 2 ? throw Damaged() : _blob[_next] | (_blob[_next + 1] << 8);

    private int FrameLength()
    {
        if (!FrameHeader.TryRead(_blob.AsSpan(_next), out var header))
        {
            throw Damaged();
        }

        Samples = header.Format.SamplesPerFrame;
        return header.Length;
    }

    private InvalidDataException Damaged() => new($"Segment {segment.Segment.Info.Id} does not hold whole packets.");
}
