using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Playback;

/// <summary><c>/health</c>: <c>OK</c> for probes; the shows for those who ask for JSON.</summary>
internal static class HealthEndpoint
{
    public static IResult Get(HttpContext context, IShowCatalog catalog) =>
        context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Json(new HealthAnswer("ok", [.. catalog.Shows.Select(show => show.Name)]))
            : TypedResults.Text("OK");

    internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Shows);
}
