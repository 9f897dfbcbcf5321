using System.Diagnostics.CodeAnalysis;

namespace AudioRelay.Host.Config.Toml;

/// <summary>A table: keys in the order they were written.</summary>
internal sealed class TomlTable(TomlPosition position, TomlTableOrigin origin) : TomlValue(position)
{
    private readonly OrderedDictionary<string, TomlEntry> entries = new(StringComparer.Ordinal);

    public IReadOnlyList<TomlEntry> Entries => entries.Values;

    public override string KindName => "a table";

    internal TomlTableOrigin Origin { get; private set; } = origin;

    public bool TryGet(string key, [MaybeNullWhen(false)] out TomlEntry entry) => entries.TryGetValue(key, out entry);

    internal void Add(TomlEntry entry) => entries.Add(entry.Key, entry);

    /// <summary>The header of a table that was only implied so far has come.</summary>
    internal void DefineByHeader() => Origin = TomlTableOrigin.Header;

    /// <summary>The closing brace has come: nothing may be added here or in the tables its dotted keys made.</summary>
    internal void Close()
    {
        Origin = TomlTableOrigin.Inline;
        foreach (var entry in entries.Values)
        {
            if (entry.Value is TomlTable { Origin: TomlTableOrigin.DottedKey } table)
            {
                table.Close();
            }
        }
    }
}
