namespace AudioRelay.Host.Config.Toml;

/// <summary>The document: headers, pairs, and the rules about which table may still grow.</summary>
internal sealed class TomlDocumentParser(TomlCursor cursor)
{
    private readonly TomlTable root = new(new(1, 1), TomlTableOrigin.Header);

    public TomlTable Parse()
    {
        var table = root;
        while (true)
        {
            cursor.SkipBlanksCommentsAndNewlines();
            if (cursor.AtEnd)
            {
                return root;
            }
            if (cursor.Current == '[')
            {
                table = ParseHeader();
            }
            else
            {
                ParsePair(cursor, table, depth: 0);
            }
            cursor.SkipBlanks();
            cursor.SkipComment();
            if (!cursor.AtEnd && !cursor.AtNewline)
            {
                cursor.Fail($"the end of the line was expected, not {cursor.Describe()}");
            }
        }
    }

    /// <summary><c>key = value</c> into <paramref name="table"/>, through the tables of a dotted key.</summary>
    public static void ParsePair(TomlCursor cursor, TomlTable table, int depth)
    {
        var path = TomlKeyParser.ParseDotted(cursor);
        if (!cursor.Accept('='))
        {
            cursor.Fail($"'=' and a value were expected after the key, not {cursor.Describe()}");
        }
        cursor.SkipBlanks();
        foreach (var (name, position) in path[..^1])
        {
            table = StepByDottedKey(table, name, position);
        }
        var (key, keyPosition) = path[^1];
        if (table.TryGet(key, out var earlier))
        {
            throw new TomlException(keyPosition, $"'{key}' is already set at line {earlier.KeyPosition.Line}");
        }
        table.Add(new(key, keyPosition, TomlValueParser.Parse(cursor, depth)));
    }

    private static TomlTable StepByDottedKey(TomlTable table, string name, TomlPosition position)
    {
        if (!table.TryGet(name, out var entry))
        {
            var made = new TomlTable(position, TomlTableOrigin.DottedKey);
            table.Add(new(name, position, made));
            return made;
        }
        return entry.Value is TomlTable { Origin: TomlTableOrigin.DottedKey } known
            ? known
            : throw new TomlException(
                position,
                $"'{name}' is already {entry.Value.KindName} since line {entry.KeyPosition.Line}; a dotted key cannot add to it"
            );
    }

    private TomlTable ParseHeader()
    {
        var start = cursor.Position;
        cursor.Skip();
        var ofTables = cursor.Accept('[');
        var path = TomlKeyParser.ParseDotted(cursor);
        if (!cursor.Next(ofTables ? "]]" : "]"))
        {
            cursor.Fail($"{(ofTables ? "]]" : "]")} was expected, not {cursor.Describe()}");
        }
        cursor.Skip(ofTables ? 2 : 1);

        var table = root;
        foreach (var (name, position) in path[..^1])
        {
            table = StepByHeader(table, name, position);
        }
        var (key, keyPosition) = path[^1];
        return ofTables ? AppendTable(table, key, keyPosition, start) : DefineTable(table, key, keyPosition, start);
    }

    private static TomlTable StepByHeader(TomlTable table, string name, TomlPosition position)
    {
        if (!table.TryGet(name, out var entry))
        {
            var made = new TomlTable(position, TomlTableOrigin.Implied);
            table.Add(new(name, position, made));
            return made;
        }
        return entry.Value switch
        {
            TomlTable known when known.Origin != TomlTableOrigin.Inline => known,
            TomlArray { OfTables: true } array => (TomlTable)array.Items[^1],
            _ => throw Taken(entry, position),
        };
    }

    private static TomlTable DefineTable(TomlTable parent, string key, TomlPosition keyPosition, TomlPosition start)
    {
        if (!parent.TryGet(key, out var entry))
        {
            var made = new TomlTable(start, TomlTableOrigin.Header);
            parent.Add(new(key, keyPosition, made));
            return made;
        }
        if (entry.Value is TomlTable { Origin: TomlTableOrigin.Implied } implied)
        {
            implied.DefineByHeader();
            return implied;
        }
        throw Taken(entry, keyPosition);
    }

    private static TomlTable AppendTable(TomlTable parent, string key, TomlPosition keyPosition, TomlPosition start)
    {
        if (!parent.TryGet(key, out var entry))
        {
            entry = new(key, keyPosition, new TomlArray(start, ofTables: true));
            parent.Add(entry);
        }
        if (entry.Value is not TomlArray { OfTables: true } array)
        {
            throw Taken(entry, keyPosition);
        }
        var table = new TomlTable(start, TomlTableOrigin.Header);
        array.Add(table);
        return table;
    }

    private static TomlException Taken(TomlEntry entry, TomlPosition position) =>
        new(position, $"'{entry.Key}' is already {entry.Value.KindName} since line {entry.KeyPosition.Line}");
}
