using Microsoft.AspNetCore.Builder;

namespace AudioRelay.Http.Security.Limits;

/// <summary>How a route says that it is dear. What share one budget share one <see cref="RouteLimit"/>.</summary>
public static class RouteLimits
{
    /// <summary>Searching titles, also while one types: 60 at once, two a second for ever.</summary>
    internal static RouteLimit Search { get; } = new("searches", new Rate(60, TimeSpan.FromSeconds(30)));

    /// <summary>
    /// Files to save: 60 to begin with, one each second for ever, four at a time. Whoever saves a month of recordings one after the other is
    /// hardly held up, since a day takes longer than a second; the four at a time are what keeps the machine free.
    /// </summary>
    internal static RouteLimit Exports { get; } = new("exports", new Rate(60, TimeSpan.FromMinutes(1)), AtOnce: 4);

    /// <summary>This route searches.</summary>
    public static TBuilder LimitSearches<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(Search);

    /// <summary>This route makes a file to save.</summary>
    public static TBuilder LimitExports<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(Exports);
}
