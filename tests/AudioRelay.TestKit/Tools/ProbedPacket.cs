using System.Globalization;
using System.Text.Json;

namespace AudioRelay.TestKit.Tools;

/// <summary>A packet as ffprobe sees it; <c>Pts</c>, <c>Dts</c> and <c>Duration</c> in the stream's time base.</summary>
public sealed record ProbedPacket(
    long? Pts,
    double? PtsTime,
    long? Dts,
    long? Duration,
    double? DurationTime,
    int Size,
    int SkipSamples,
    int DiscardPadding
)
{
    internal static ProbedPacket Read(JsonElement packet)
    {
        var sides = packet.TryGetProperty("side_data_list", out var list) ? list.EnumerateArray().ToArray() : [];
        return new ProbedPacket(
            Long(packet, "pts"),
            ProbedStream.Seconds(packet, "pts_time"),
            Long(packet, "dts"),
            Long(packet, "duration"),
            ProbedStream.Seconds(packet, "duration_time"),
            int.Parse(packet.GetProperty("size").GetString()!, CultureInfo.InvariantCulture),
            sides.Sum(side => (int)(Long(side, "skip_samples") ?? 0)),
            sides.Sum(side => (int)(Long(side, "discard_padding") ?? 0))
        );
    }

    private static long? Long(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
