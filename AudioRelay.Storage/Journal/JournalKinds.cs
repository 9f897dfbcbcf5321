namespace AudioRelay.Storage.Journal;

/// <summary>The closed list of kinds.</summary>
internal static class JournalKinds
{
    /// <summary>Stored name to body.</summary>
    public static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["section_opened"] = typeof(SectionOpened),
        ["section_closed"] = typeof(SectionClosed),
        ["anchor"] = typeof(AnchorSet),
        ["title"] = typeof(TitleSet),
        ["window_opened"] = typeof(WindowOpened),
        ["window_closed"] = typeof(WindowClosed),
        ["trouble"] = typeof(Trouble),
        ["alive"] = typeof(Alive),
        ["retention"] = typeof(SectionRemoved),
    };

    /// <summary>Body to stored name.</summary>
    public static readonly Dictionary<Type, string> Names = Types.ToDictionary(k => k.Value, k => k.Key);
}
