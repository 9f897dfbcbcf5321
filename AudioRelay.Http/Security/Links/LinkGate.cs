using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.Links;

/// <summary>Takes <c>/t/{token}</c> off the front of a path: what is behind it is served as if it were asked for without, to whom the token names.</summary>
internal sealed class LinkGate(PathLinks links)
{
    /// <summary>The first part of every link's path.</summary>
    public const string Root = "/t";

    private const string Api = "/api";

    public void Use(IApplicationBuilder app) =>
        app.Use(next =>
            context =>
            {
                if (!context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest))
                {
                    return next(context);
                }

                var path = rest.Value ?? "";
                var end = path.IndexOf('/', Math.Min(1, path.Length));
                var token = end < 0 ? path.TrimStart('/') : path[1..end];
                var inner = new PathString(end < 0 ? "/" : path[end..]);
                var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
                if (!reads || links.Open(token, WithoutApi(inner)) is not { } caller)
                {
                    // The same words for expired, forged and foreign: a stranger learns nothing from them.
                    return Problems
                        .Of(StatusCodes.Status403Forbidden, "This link does not open that, or not any more. Make a new one.")
                        .ExecuteAsync(context);
                }

                context.Features.Set(caller);
                context.Request.PathBase = context.Request.PathBase.Add($"{Root}/{token}");
                context.Request.Path = inner;
                return next(context);
            }
        );

    /// <summary>A show is found under /show/… and /api/show/… alike.</summary>
    private static string WithoutApi(PathString path) =>
        path.StartsWithSegments(Api, StringComparison.Ordinal, out var rest) ? rest.Value! : path.Value!;
}
