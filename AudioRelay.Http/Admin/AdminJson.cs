using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioRelay.Http.Admin;

/// <summary>How the admin routes write JSON, for both ends.</summary>
public static class AdminJson
{
    /// <summary>Names in snake case, nulls left out, enumerations as words.</summary>
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
}
