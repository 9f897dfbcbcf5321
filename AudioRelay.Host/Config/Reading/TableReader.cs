using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Reading;

/// <summary>
/// Takes known keys out of a table and reports everything that is wrong with them. Every method answers null when the key is
/// missing or bad, so that reading goes on and the next errors are found too. What was never asked for is unknown.
/// </summary>
internal sealed class TableReader(TomlTable table, string name, Diagnostics diagnostics)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Diagnostics Diagnostics { get; } = diagnostics;

    public TomlPosition Position => table.Position;

    public bool Has(string key) => table.TryGet(key, out _);

    public TomlPosition PositionOf(string key) => table.TryGet(key, out var entry) ? entry.Value.Position : table.Position;

    /// <summary>The value as it is, for keys that may be of several kinds.</summary>
    public TomlValue? Value(string key)
    {
        asked.Add(key);
        return table.TryGet(key, out var entry) ? entry.Value : null;
    }

    public string? Text(string key)
    {
        if (Expect<TomlString>(key, "text in quotes") is not { } text)
        {
            return null;
        }
        if (text.Value.Trim().Length == 0)
        {
            Diagnostics.Error(text.Position, $"'{key}' is empty");
            return null;
        }
        return text.Value;
    }

    public string? RequiredText(string key, string meaning)
    {
        Require(key, meaning);
        return Text(key);
    }

    public bool? Flag(string key) => Expect<TomlBoolean>(key, "true or false")?.Value;

    public int? Number(string key, int least, int most, string unit)
    {
        if (Expect<TomlInteger>(key, "a whole number") is not { } number)
        {
            return null;
        }
        if (number.Value < least || number.Value > most)
        {
            Diagnostics.Error(number.Position, $"'{key}' = {number.Value}: {unit} from {least} to {most} are possible");
            return null;
        }
        return (int)number.Value;
    }

    /// <summary>One of a few words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(key) is not { } word)
        {
            return null;
        }
        if (choices.TryGetValue(word.ToLowerInvariant(), out var choice))
        {
            return choice;
        }
        Diagnostics.Error(
            PositionOf(key),
            $"'{key}' = '{word}' is not known: it can be {string.Join(" or ", choices.Keys)}{Suggestion.Clause(word, choices.Keys)}"
        );
        return null;
    }

    /// <summary>A text or a list of texts.</summary>
    public IReadOnlyList<TomlString> Texts(string key)
    {
        switch (Value(key))
        {
            case null:
                return [];
            case TomlString one:
                return [one];
            case TomlArray array when array.Items.All(item => item is TomlString):
                return [.. array.Items.Cast<TomlString>()];
            case var other:
                Diagnostics.Error(other.Position, $"'{key}' is text in quotes or a list of such, not {other.KindName}");
                return [];
        }
    }

    public TableReader? Table(string key)
    {
        var value = Expect<TomlTable>(key, $"a table: [{key}]");
        return value is null ? null : new TableReader(value, $"[{key}]", Diagnostics);
    }

    public IReadOnlyList<TableReader> Tables(string key)
    {
        switch (Value(key))
        {
            case null:
                return [];
            case TomlArray array when array.Items.All(item => item is TomlTable):
                return [.. array.Items.Select(item => new TableReader((TomlTable)item, $"[[{key}]]", Diagnostics))];
            case var other:
                Diagnostics.Error(other.Position, $"'{key}' is a list of tables, each headed by [[{key}]], not {other.KindName}");
                return [];
        }
    }

    public void Require(string key, string meaning)
    {
        asked.Add(key);
        if (!Has(key))
        {
            Diagnostics.Error(table.Position, $"{name} lacks '{key}': {meaning}");
        }
    }

    /// <summary>To be called when all known keys were asked for.</summary>
    public void RefuseTheRest()
    {
        foreach (var entry in table.Entries.Where(entry => !asked.Contains(entry.Key)))
        {
            var meant = Suggestion.Clause(entry.Key, asked);
            if (meant.Length == 0 && KeyHomes.Of(entry.Key) is { } home)
            {
                meant = $"; it belongs {home}";
            }
            Diagnostics.Error(entry.KeyPosition, $"{name} has no key '{entry.Key}'{meant}");
        }
    }

    private T? Expect<T>(string key, string expected)
        where T : TomlValue
    {
        var value = Value(key);
        if (value is null or T)
        {
            return (T?)value;
        }
        Diagnostics.Error(value.Position, $"'{key}' must be {expected}, not {value.KindName}");
        return null;
    }
}
