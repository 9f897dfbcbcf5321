namespace AudioRelay.Host.Config.Toml;

/// <summary>A place in a file; both counted from 1, columns in characters as an editor shows them.</summary>
internal readonly record struct TomlPosition(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
