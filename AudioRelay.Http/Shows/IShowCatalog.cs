namespace AudioRelay.Http.Shows;

/// <summary>What a role serves: the recorder's shows, a receiver's shows, or the one file of <c>inspect</c>.</summary>
public interface IShowCatalog
{
    /// <summary><c>record</c>, <c>receiver</c> or <c>inspect</c>, as <c>/api/mode</c> says it.</summary>
    string Mode { get; }

    /// <summary>All shows, by name. Shows come and go while the program runs.</summary>
    IReadOnlyList<ServedShow> Shows { get; }

    /// <summary>One show, by its exact name; null when there is none.</summary>
    ServedShow? Find(string name);
}
