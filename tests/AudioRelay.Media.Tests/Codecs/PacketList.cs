using AudioRelay.Media.Codecs;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>Collects packets as arrays.</summary>
internal sealed class PacketList : IPacketSink
{
    public List<byte[]> Packets { get; } = [];

    /// <summary>What the packets decode to, all together.</summary>
    public long Samples { get; private set; }

    public int Bytes => Packets.Sum(packet => packet.Length);

    /// <summary>The packets one behind the other.</summary>
    public byte[] Joined => [.. Packets.SelectMany(packet => packet)];

    /// <summary>Encodes a sound in pieces of some length, to its end.</summary>
    public static (PacketList Packets, int Padding) Of(IAudioEncoder encoder, float[] sound, int chunk)
    {
        var list = new PacketList();
        for (var i = 0; i < sound.Length; i += chunk)
            encoder.Encode(sound.AsSpan(i, Math.Min(chunk, sound.Length - i)), list);
        return (list, encoder.Flush(list));
    }

    public void OnPacket(ReadOnlySpan<byte> packet, int samples)
    {
        Packets.Add(packet.ToArray());
        Samples += samples;
    }
}
