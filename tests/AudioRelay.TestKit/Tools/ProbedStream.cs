using System.Globalization;
using System.Text.Json;

namespace AudioRelay.TestKit.Tools;

/// <summary>A sound stream as ffprobe sees it; times in seconds, null where it gives none.</summary>
public sealed record ProbedStream(string Codec, string? Profile, int SampleRate, int Channels, double? Start, double? Duration)
{
    internal static ProbedStream Read(JsonElement stream) =>
        new(
            stream.GetProperty("codec_name").GetString()!,
            stream.TryGetProperty("profile", out var profile) ? profile.GetString() : null,
            int.Parse(stream.GetProperty("sample_rate").GetString()!, CultureInfo.InvariantCulture),
            stream.GetProperty("channels").GetInt32(),
            Seconds(stream, "start_time"),
            Seconds(stream, "duration")
        );

    internal static double? Seconds(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
