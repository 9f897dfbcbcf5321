using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Opus;

/// <summary>A stored Opus segment: u16 little-endian length and packet, repeated. Enumerates the packets in place.</summary>
/// <param name="blob">The stored bytes.</param>
public ref struct OpusBlob(ReadOnlySpan<byte> blob)
{
    private ReadOnlySpan<byte> _rest = blob;

    /// <summary>The packet that <see cref="MoveNext"/> found.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Allows <c>foreach</c>.</summary>
    public readonly OpusBlob GetEnumerator() => this;

    /// <summary>Goes to the next packet.</summary>
    /// <exception cref="InvalidDataException">The bytes are not packets with their lengths, or a packet is not Opus.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length < 2)
        {
            throw new InvalidDataException("An Opus segment ends inside a packet's length.");
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        if (_rest.Length - 2 < length)
        {
            throw new InvalidDataException("An Opus segment ends inside a packet.");
        }

        Current = _rest.Slice(2, length);
        if (OpusPacket.Samples(Current) == 0)
        {
            throw new InvalidDataException("An Opus segment holds a packet without a valid duration.");
        }

        _rest = _rest[(2 + length)..];
        return true;
    }

    /// <summary>Counts packets, their bytes and their samples at 48 kHz.</summary>
    /// <param name="blob">The stored bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not packets with their lengths.</exception>
    public static OpusTotals Measure(ReadOnlySpan<byte> blob)
    {
        var (packets, bytes, samples) = (0, 0, 0L);
        foreach (var packet in new OpusBlob(blob))
        {
            packets++;
            bytes += packet.Length;
            samples += OpusPacket.Samples(packet);
        }

        return new OpusTotals(packets, bytes, samples);
    }
}
