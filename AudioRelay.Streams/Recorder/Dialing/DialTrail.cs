using System.Net;

namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Where a dial has been so far: whoever has once answered from outside may not send us to the inside.</summary>
internal sealed class DialTrail
{
    /// <summary>Whether one of the hops was at an address that is not of this machine's own network.</summary>
    public bool IsOutside { get; private set; }

    /// <summary>A hop was connected to.</summary>
    public void Reached(IPAddress address) => IsOutside |= !InnerAddress.Is(address);
}
