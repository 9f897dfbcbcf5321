using AudioRelay.Storage.Receiving;

namespace AudioRelay.Streams.Receiver;

/// <summary>A show of a running receiver whose store is open, whether its recorder is there or not.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Store">Its store; owned by the receiver.</param>
public sealed record ReceivingShow(string Name, IReceivedStore Store);
