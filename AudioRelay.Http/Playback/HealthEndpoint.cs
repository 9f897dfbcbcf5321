using System.Text.Json.Serialization;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Playback;

/// <summary><c>/health</c>: <c>OK</c> for probes; the shows for those who ask for JSON.</summary>
internal static class HealthEndpoint
{
    public static IResult Get(HttpContext context, IShowCatalog catalog) =>
        context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Json(new HealthAnswer("ok", Shows(context, catalog)))
            : TypedResults.Text("OK");

    /// <summary>What is kept here is for those who may listen; a probe learns that we live.</summary>
    private static string[]? Shows(HttpContext context, IShowCatalog catalog) =>
        CallerIdentity.Of(context).Scopes.HasFlag(AccessScopes.Listen) ? [.. catalog.Shows.Select(show => show.Name)] : null;

    internal sealed record HealthAnswer(
        string Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Shows
    );
}
