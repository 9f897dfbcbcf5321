using System.Text.Json;

namespace AudioRelay.EndToEnd.Support;

/// <summary>How far a show reaches.</summary>
internal sealed record CommittedPosition(string Show, string Store, long MaxId, long JournalSeq)
{
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
