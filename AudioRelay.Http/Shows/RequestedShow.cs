using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AudioRelay.Http.Shows;

/// <summary>The show a request is about: named by the path, or the only one. Bound before the handler; one that is not here never reaches it.</summary>
public sealed class RequestedShow
{
    private readonly ServedShow? _show;

    private RequestedShow(string? name, ServedShow? show) => (AskedFor, _show) = (name, show);

    /// <summary>The name in the path, if it has one.</summary>
    public string? AskedFor { get; }

    /// <summary>False when there is no such show.</summary>
    internal bool IsHere => _show is not null;

    /// <summary>The show.</summary>
    public ServedShow Show => _show ?? throw new InvalidOperationException("The route lacks the filter that refuses unknown shows.");

    /// <summary>Its store.</summary>
    public IShowReader Reader => Show.Reader;

    /// <summary>Called by the framework to fill a handler's parameter.</summary>
    public static ValueTask<RequestedShow?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var name = context.GetRouteValue("show") as string;
        var catalog = context.RequestServices.GetRequiredService<IShowCatalog>();
        return ValueTask.FromResult<RequestedShow?>(
            new RequestedShow(
                name,
                name is not null ? catalog.Find(name)
                    : catalog.Shows is [var only, ..] ? only
                    : null
            )
        );
    }

    /// <summary>The filter that answers 404 for a show that is not here.</summary>
    public static ValueTask<object?> MustExist(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(next);
        var requested = call.Arguments.OfType<RequestedShow>().FirstOrDefault();
        return requested is { _show: null } ? ValueTask.FromResult<object?>(requested.Refusal()) : next(call);
    }

    /// <summary>404 for a show that is not here.</summary>
    internal ProblemHttpResult Refusal() => Problems.NotFound($"There is no show '{AskedFor}'.");
}
