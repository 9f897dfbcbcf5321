using System.Collections.Immutable;

namespace AudioRelay.Http.Shows;

/// <summary>Shows that come and go while others are served. Does not close their readers.</summary>
/// <param name="mode">One of <see cref="ShowModes"/>.</param>
public sealed class ShowCatalog(string mode) : IShowCatalog
{
    private ImmutableSortedDictionary<string, ServedShow> _shows = ImmutableSortedDictionary.Create<string, ServedShow>(
        StringComparer.Ordinal
    );

    /// <inheritdoc/>
    public string Mode => mode;

    /// <inheritdoc/>
    public IReadOnlyList<ServedShow> Shows => [.. Volatile.Read(ref _shows).Values];

    /// <inheritdoc/>
    public ServedShow? Find(string name) => Volatile.Read(ref _shows).GetValueOrDefault(name);

    /// <summary>Adds a show, or replaces the one of that name.</summary>
    public void Set(ServedShow show)
    {
        ArgumentNullException.ThrowIfNull(show);
        ImmutableInterlocked.Update(ref _shows, static (shows, added) => shows.SetItem(added.Name, added), show);
    }

    /// <summary>Takes a show out; requests that already have it finish with its reader.</summary>
    public void Remove(string name) => ImmutableInterlocked.Update(ref _shows, static (shows, gone) => shows.Remove(gone), name);
}
