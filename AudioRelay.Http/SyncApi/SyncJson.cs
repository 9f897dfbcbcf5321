using System.Text.Json;

namespace AudioRelay.Http.SyncApi;

/// <summary>The predecessor's JSON: snake_case, nulls written, bytes as base64.</summary>
internal static class SyncJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
