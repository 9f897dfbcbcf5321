using AudioRelay.Storage.Receiving;

namespace AudioRelay.Streams.Receiver.Keeping;

/// <summary>A show whose store is open.</summary>
/// <param name="Store">Its store.</param>
/// <param name="StoreId">The identity of that store itself, not of the recorder's.</param>
internal sealed record KeptShow(IReceivedStore Store, string StoreId)
{
    /// <summary>Its name here.</summary>
    public string Name => Store.Name;
}
