using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Refuses changes that a web page of somebody else asks for. Programs send neither header and are not concerned.</summary>
internal static class OriginGate
{
    /// <summary>Why the request is refused; null when it is not.</summary>
    public static string? Refusal(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return null;
        }

        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not (null or "same-origin" or "none"))
        {
            return "A page of another site may not change anything here.";
        }

        string? origin = request.Headers.Origin;
        return origin is null || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            ? null
            : "A page of another origin may not change anything here.";
    }
}
