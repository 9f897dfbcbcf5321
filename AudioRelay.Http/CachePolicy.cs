using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AudioRelay.Http;

/// <summary>What caches may do. Shared caches keep nothing unless anybody may listen.</summary>
internal static class CachePolicy
{
    /// <summary>For what never changes under its address.</summary>
    public static string Immutable(HttpContext context) => $"{Who(context)}, max-age=31536000, immutable";

    /// <summary>For what may be kept but must be asked for.</summary>
    public static string Revalidate(HttpContext context) => $"{Who(context)}, no-cache";

    private static string Who(HttpContext context) =>
        context.RequestServices.GetService<PlaybackOptions>()?.Anonymous == true ? "public" : "private";
}
