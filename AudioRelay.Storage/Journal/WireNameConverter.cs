using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioRelay.Storage.Journal;

/// <summary>Writes a member of a closed list by its snake_case name, and refuses any other.</summary>
internal sealed class WireNameConverter<T> : JsonStringEnumConverter<T>
    where T : struct, Enum
{
    public WireNameConverter()
        : base(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) { }
}
