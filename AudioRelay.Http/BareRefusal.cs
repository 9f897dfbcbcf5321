using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AudioRelay.Http;

/// <summary>What the framework refuses with a status alone (a body that is not JSON, a method that is not offered) becomes a problem like all others.</summary>
internal static class BareRefusal
{
    public static Task Explain(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var reason = status switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be read: what it sends is not what is expected here.",
            StatusCodes.Status405MethodNotAllowed => $"{context.HttpContext.Request.Method} is not offered here.",
            StatusCodes.Status415UnsupportedMediaType => "Send JSON, and say so: 'Content-Type: application/json'.",
            _ => ReasonPhrases.GetReasonPhrase(status),
        };
        return Problems.Of(status, reason).ExecuteAsync(context.HttpContext);
    }
}
