using AudioRelay.Streams.Receiver;

namespace AudioRelay.Http.Shows;

/// <summary>The shows of a running receiver: all whose stores are open, whether their recorders are there or not.</summary>
/// <param name="shows">The receiver's list; shows come and go with it.</param>
public sealed class ReceiverCatalog(Func<IReadOnlyList<ReceivingShow>> shows) : IShowCatalog
{
    /// <summary>The shows of a receiver.</summary>
    /// <param name="receiver">The receiver.</param>
    public ReceiverCatalog(ReceiverService receiver)
        : this(() => receiver.Shows) { }

    /// <inheritdoc/>
    public string Mode => ShowModes.Receiver;

    /// <inheritdoc/>
    public IReadOnlyList<ServedShow> Shows => [.. shows().Select(Serve)];

    /// <inheritdoc/>
    /// <remarks>Names from elsewhere may be such that no path can carry them: see <see cref="ShowPath"/>.</remarks>
    public ServedShow? Find(string name)
    {
        var open = shows();
        var found =
            open.FirstOrDefault(show => string.Equals(show.Name, name, StringComparison.Ordinal))
            ?? open.FirstOrDefault(show => ShowPath.Means(name, show.Name));
        return found is null ? null : Serve(found);
    }

    private static ServedShow Serve(ReceivingShow show) =>
        new(show.Name, show.Store.Reader, null) { Source = show.Store.Source.UniqueId, Sources = show.Store.Sources };
}
