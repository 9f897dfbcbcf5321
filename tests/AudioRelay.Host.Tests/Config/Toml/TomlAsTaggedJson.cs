using System.Globalization;
using System.Text.Json.Nodes;
using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Tests.Config.Toml;

/// <summary>The suite's notation: every scalar as <c>{"type": …, "value": "…"}</c>; numbers and times brought to one spelling on both sides.</summary>
internal static class TomlAsTaggedJson
{
    private const string Time = "HH:mm:ss.FFFFFFF";
    private const string DateAndTime = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";

    public static JsonNode Of(TomlValue value) =>
        value switch
        {
            TomlTable table => new JsonObject(table.Entries.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Of(e.Value)))),
            TomlArray array => new JsonArray([.. array.Items.Select(Of)]),
            TomlString s => Scalar("string", s.Value),
            TomlInteger i => Scalar("integer", i.Value.ToString(CultureInfo.InvariantCulture)),
            TomlFloat f => Scalar("float", Number(f.Value)),
            TomlBoolean b => Scalar("bool", b.Value ? "true" : "false"),
            TomlOffsetDateTime d => Scalar("datetime", Moment(d.Local, d.Offset)),
            TomlLocalDateTime d => Scalar("datetime-local", d.Value.ToString(DateAndTime, CultureInfo.InvariantCulture)),
            TomlLocalDate d => Scalar("date-local", d.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            TomlLocalTime t => Scalar("time-local", t.Value.ToString(Time, CultureInfo.InvariantCulture)),
            _ => throw new InvalidOperationException(value.KindName),
        };

    public static JsonNode Normalized(JsonNode expected)
    {
        if (expected is JsonArray array)
        {
            return new JsonArray([.. array.Select(item => Normalized(item!))]);
        }
        var node = (JsonObject)expected;
        if (node.Count == 2 && node["type"] is JsonValue type && node["value"] is JsonValue value)
        {
            return Scalar(type.GetValue<string>(), Normalized(type.GetValue<string>(), value.GetValue<string>()));
        }
        return new JsonObject(node.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Normalized(pair.Value!))));
    }

    private static string Normalized(string type, string value) =>
        type switch
        {
            "float" => value switch
            {
                "inf" or "+inf" => Number(double.PositiveInfinity),
                "-inf" => Number(double.NegativeInfinity),
                "nan" or "+nan" or "-nan" => Number(double.NaN),
                _ => Number(double.Parse(value, CultureInfo.InvariantCulture)),
            },
            "datetime" => Moment(value),
            "datetime-local" => DateTime
                .Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                .ToString(DateAndTime, CultureInfo.InvariantCulture),
            "time-local" => TimeOnly.Parse(value, CultureInfo.InvariantCulture).ToString(Time, CultureInfo.InvariantCulture),
            _ => value,
        };

    private static string Moment(string text)
    {
        var zulu = text.EndsWith('Z');
        var offset = zulu ? TimeSpan.Zero : TimeSpan.Parse(text[^5..], CultureInfo.InvariantCulture) * (text[^6] == '-' ? -1 : 1);
        return Moment(DateTime.Parse(zulu ? text[..^1] : text[..^6], CultureInfo.InvariantCulture), offset);
    }

    private static string Moment(DateTime local, TimeSpan offset) =>
        $"{local.ToString(DateAndTime, CultureInfo.InvariantCulture)} {offset.TotalMinutes.ToString(CultureInfo.InvariantCulture)}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static JsonObject Scalar(string type, string value) => new() { ["type"] = type, ["value"] = value };
}
