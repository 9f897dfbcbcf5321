namespace AudioRelay.Storage.Journal;

/// <summary>The closed list of kinds.</summary>
internal static class JournalKinds
{
    public const string SectionOpened = "section_opened";
    public const string SectionClosed = "section_closed";
    public const string Anchor = "anchor";
    public const string Title = "title";
    public const string WindowOpened = "window_opened";
    public const string WindowClosed = "window_closed";
    public const string Trouble = "trouble";
    public const string Alive = "alive";
    public const string Retention = "retention";

    public static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        [SectionOpened] = typeof(SectionOpened),
        [SectionClosed] = typeof(SectionClosed),
        [Anchor] = typeof(AnchorSet),
        [Title] = typeof(TitleSet),
        [WindowOpened] = typeof(WindowOpened),
        [WindowClosed] = typeof(WindowClosed),
        [Trouble] = typeof(Trouble),
        [Alive] = typeof(Alive),
        [Retention] = typeof(SectionRemoved),
    };
}
