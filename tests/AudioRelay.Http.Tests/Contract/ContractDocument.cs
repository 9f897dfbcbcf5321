using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace AudioRelay.Http.Tests.Contract;

/// <summary>The OpenAPI document, made of the routes themselves: their paths, parameters, bodies and answers.</summary>
internal sealed class ContractDocument
{
    private static readonly JsonSerializerOptions Text = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly ContractSchemas _schemas = new();
    private readonly SortedDictionary<string, SortedDictionary<string, JsonObject>> _paths = new(StringComparer.Ordinal);

    /// <summary>The routes that stand in it: method and path.</summary>
    public SortedSet<string> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds the routes of a role that lie under <c>/api</c>; those outside are the same at the predecessor's paths.</summary>
    public void Add(IEnumerable<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var path = PathOf(endpoint.RoutePattern);
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                if (path.StartsWith("/api/", StringComparison.Ordinal) && method != "HEAD" && Routes.Add($"{method} {path}"))
                {
                    var operations = _paths.TryGetValue(path, out var known) ? known : _paths[path] = new(StringComparer.Ordinal);
                    operations[method.ToLowerInvariant()] = Operation(endpoint, RouteDocs.Of(method, path));
                }
            }
        }
    }

    public override string ToString()
    {
        var paths = new JsonObject();
        foreach (var (path, operations) in _paths)
        {
            paths[path] = new JsonObject(operations.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        }

        return new JsonObject
            {
                ["openapi"] = "3.1.1",
                ["info"] = new JsonObject
                {
                    ["title"] = "AudioRelay",
                    ["version"] = "1",
                    ["description"] =
                        "Recorder and receiver. 'Sync' is the recorder's, 'Receiver' and 'Bookmarks' are the receiver's, 'inspect' serves one show "
                        + "without '/show/{show}'. Playback is also found without '/api', and everything under '/t/{token}' for players that send no headers. "
                        + "Show names are percent-encoded; one that no path can carry is asked for by the 'path' it is listed with.",
                },
                ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }, new JsonObject()),
                ["paths"] = paths,
                ["components"] = new JsonObject
                {
                    ["securitySchemes"] = new JsonObject
                    {
                        ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    },
                    ["schemas"] = _schemas.ToJson(),
                },
            }.ToJsonString(Text) + "\n";
    }

    private static string PathOf(RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                            RoutePatternLiteralPart literal => literal.Content,
                            _ => ".",
                        }
                    )
                )
            )
        );

    private JsonObject Operation(RouteEndpoint endpoint, RouteDoc doc)
    {
        var operation = new JsonObject
        {
            ["operationId"] = doc.Id,
            ["tags"] = new JsonArray(doc.Tag),
            ["summary"] = doc.Summary,
        };
        JsonNode[] parameters =
        [
            .. endpoint.RoutePattern.Parameters.Select(InPath),
            .. doc.Query.Split(' ').Where(q => q != "").Select(InQuery),
        ];
        if (parameters.Length > 0)
        {
            operation["parameters"] = new JsonArray(parameters);
        }

        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", body) };
        }

        operation["responses"] = Answers(endpoint, doc);
        return operation;
    }

    private JsonObject Answers(RouteEndpoint endpoint, RouteDoc doc)
    {
        var answers = new JsonObject();
        foreach (var answer in endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().DistinctBy(one => one.StatusCode))
        {
            var said = new JsonObject { ["description"] = "Done." };
            if (answer.Type is { } type && type != typeof(void))
            {
                said["content"] = Content("application/json", type);
            }

            answers[$"{answer.StatusCode}"] = said;
        }

        if (answers.Count == 0)
        {
            var said = new JsonObject { ["description"] = "Done." };
            if (doc.Media is not null || doc.Answer is not null)
            {
                said["content"] = Content(doc.Media ?? "application/json", doc.Answer);
            }

            answers[$"{doc.Status}"] = said;
        }

        answers["default"] = new JsonObject
        {
            ["description"] = "Refused: why, for a person.",
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = _schemas.Problem() } },
        };
        return answers;
    }

    private JsonObject Content(string media, Type? type) =>
        new() { [media] = type is null ? new JsonObject() : new JsonObject { ["schema"] = _schemas.Of(type) } };

    private static JsonObject InPath(RoutePatternParameterPart parameter) =>
        new()
        {
            ["name"] = parameter.Name,
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = Simple(parameter.ParameterPolicies.Any(policy => policy.Content == "long") ? "integer" : "string"),
        };

    private static JsonObject InQuery(string said)
    {
        var (name, type) = (said.Split(':')[0], said.Split(':')[1]);
        return new JsonObject
        {
            ["name"] = name,
            ["in"] = "query",
            ["required"] = type.EndsWith('!'),
            ["schema"] = Simple(type.TrimEnd('!')),
        };
    }

    private static JsonObject Simple(string type) =>
        type == "integer" ? new JsonObject { ["type"] = type, ["format"] = "int64" } : new JsonObject { ["type"] = type };
}
