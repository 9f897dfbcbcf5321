using AudioRelay.Media.Codecs;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>Keeps what an encoder gives.</summary>
internal sealed class PacketList : IPacketSink
{
    public List<byte[]> Packets { get; } = [];

    public void OnPacket(ReadOnlySpan<byte> packet, int samples) => Packets.Add(packet.ToArray());
}
