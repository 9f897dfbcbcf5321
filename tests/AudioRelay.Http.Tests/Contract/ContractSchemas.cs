using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AudioRelay.Http.Tests.Contract;

/// <summary>The shapes of bodies and answers, as the serializer itself describes them.</summary>
internal sealed class ContractSchemas
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly SortedDictionary<string, JsonNode> _named = new(StringComparer.Ordinal);

    private readonly Dictionary<Type, string> _names = [];

    /// <summary>A reference to a type's shape, which then stands in the document.</summary>
    public JsonNode Of(Type type)
    {
        if (type.IsArray)
        {
            return new JsonObject { ["type"] = "array", ["items"] = Of(type.GetElementType()!) };
        }

        var name = _names.TryGetValue(type, out var given)
            ? given
            : _names[type] = _named.ContainsKey(type.Name) ? Longer(type) : type.Name;
        if (!_named.ContainsKey(name))
        {
            var shape = JsonSchemaExporter.GetJsonSchemaAsNode(Options, type, new() { TreatNullObliviousAsNonNullable = true });
            Point(shape, $"#/components/schemas/{name}");
            _named[name] = shape;
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>A reference to the shape of refusals.</summary>
    public JsonNode Problem()
    {
        _named["Problem"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["type"] = "string" },
                ["title"] = new JsonObject { ["type"] = "string" },
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["detail"] = new JsonObject { ["type"] = "string" },
                ["error"] = new JsonObject
                {
                    ["type"] = "string",
                    ["description"] = "The detail once more, for clients of the predecessor.",
                },
            },
            ["required"] = new JsonArray("status", "detail", "error"),
        };
        return new JsonObject { ["$ref"] = "#/components/schemas/Problem" };
    }

    public JsonObject ToJson() => new(_named.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value.DeepClone())));

    private static string Longer(Type type) => type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..] + type.Name;

    /// <summary>What a shape says of itself is said from its own root, which stands elsewhere in the document.</summary>
    private static void Point(JsonNode? node, string root)
    {
        switch (node)
        {
            case JsonObject shape:
                if (shape["$ref"] is JsonValue inner && inner.GetValue<string>() is ['#', ..] place)
                {
                    shape["$ref"] = root + place[1..];
                }

                foreach (var (_, child) in shape)
                {
                    Point(child, root);
                }

                break;
            case JsonArray list:
                foreach (var child in list)
                {
                    Point(child, root);
                }

                break;
        }
    }
}
