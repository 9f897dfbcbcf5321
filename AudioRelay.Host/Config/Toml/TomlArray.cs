namespace AudioRelay.Host.Config.Toml;

/// <summary>An array, written <c>[…]</c> or as <c>[[tables]]</c>.</summary>
internal sealed class TomlArray(TomlPosition position, bool ofTables) : TomlValue(position)
{
    private readonly List<TomlValue> items = [];

    public IReadOnlyList<TomlValue> Items => items;

    /// <summary>Written as <c>[[name]]</c>: further headers may add to it.</summary>
    public bool OfTables { get; } = ofTables;

    public override string KindName => OfTables ? "a list of tables" : "a list";

    internal void Add(TomlValue value) => items.Add(value);
}
