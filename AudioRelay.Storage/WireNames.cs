using System.Text.Json;

namespace AudioRelay.Storage;

/// <summary>The snake_case names under which the closed lists are stored and sent.</summary>
public static class WireNames
{
    /// <summary>The stored name of a gap's cause.</summary>
    public static string WireName(this GapCause cause) => Table<GapCause>.Names[cause];

    /// <summary>The stored name of a section's end.</summary>
    public static string WireName(this EndCause cause) => Table<EndCause>.Names[cause];

    /// <summary>The stored name of an anchor's cause.</summary>
    public static string WireName(this AnchorCause cause) => Table<AnchorCause>.Names[cause];

    /// <summary>The value with that stored name, or null.</summary>
    public static T? Parse<T>(string? name)
        where T : struct, Enum => name is not null && Table<T>.Values.TryGetValue(name, out var value) ? value : null;

    /// <summary>The gap that a section's end opens; null where the end leaves none.</summary>
    public static GapCause? ToGapCause(this EndCause cause) => cause < EndCause.WindowEnd ? (GapCause)cause : null;

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
            .ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
