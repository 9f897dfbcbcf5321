namespace AudioRelay.Http.Shows;

/// <summary>The one show of a file that is looked at.</summary>
/// <param name="show">The show.</param>
public sealed class SingleShowCatalog(ServedShow show) : IShowCatalog
{
    /// <inheritdoc/>
    public string Mode => ShowModes.Inspect;

    /// <inheritdoc/>
    public IReadOnlyList<ServedShow> Shows { get; } = [show];

    /// <inheritdoc/>
    public ServedShow? Find(string name) => string.Equals(name, show.Name, StringComparison.Ordinal) ? show : null;
}
