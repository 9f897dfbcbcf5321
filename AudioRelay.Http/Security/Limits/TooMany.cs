using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.Limits;

/// <summary>429, and when to come back.</summary>
internal static class TooMany
{
    public static IResult Result(HttpContext context, TimeSpan wait, string reason)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, $"{reason} Try again in {seconds} s.", ("retry_after_seconds", seconds));
    }
}
