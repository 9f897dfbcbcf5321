using System.Text.Json;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Reads a piece of a journal.</summary>
internal static class JournalReading
{
    /// <exception cref="InvalidDataException">Numbers that do not grow, or a body that is not of its kind.</exception>
    public static JournalPage Read(JsonElement root, long after)
    {
        List<JournalEntry> entries = [];
        var last = after;
        foreach (var entry in root.GetProperty("entries").EnumerateArray())
        {
            var seq = entry.Number("seq");
            if (seq <= last)
            {
                throw new InvalidDataException($"journal entry {seq} comes after {last}");
            }

            last = seq;
            var kind = entry.Text("kind");
            if (JournalBody.Knows(kind))
            {
                entries.Add(new JournalEntry(seq, entry.Number("at_us"), Body(kind, seq, entry.GetProperty("body"))));
            }
        }

        return new JournalPage(root.Text("unique_id"), entries, last);
    }

    private static JournalBody Body(string kind, long seq, JsonElement json) =>
        JournalBody.Parse(kind, json.GetRawText()) switch
        {
            null or SectionOpened { Codec: null } or TitleSet { Text: null } => throw new InvalidDataException(
                $"journal entry {seq} is no {kind}"
            ),
            var body => body,
        };
}
