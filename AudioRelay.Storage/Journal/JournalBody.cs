using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioRelay.Storage.Journal;

/// <summary>What a journal entry says. The list of kinds is closed; each is a snake_case JSON object in the file and on the wire.</summary>
public abstract record JournalBody
{
    /// <summary>The stored name of its kind.</summary>
    [JsonIgnore]
    public string Kind => JournalKinds.Names[GetType()];

    /// <summary>The body as stored and sent.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GetType(), JournalJson.Default);

    /// <summary>True for a kind of the list; a newer recorder may know more.</summary>
    public static bool Knows(string kind) => JournalKinds.Types.ContainsKey(kind);

    /// <summary>Reads a body of a kind; null when the kind is not one of the list or the text is not such a body.</summary>
    public static JournalBody? Parse(string kind, string json)
    {
        if (!JournalKinds.Types.TryGetValue(kind, out var type))
        {
            return null;
        }

        try
        {
            return (JournalBody?)JsonSerializer.Deserialize(json, type, JournalJson.Default);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
