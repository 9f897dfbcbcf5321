using AudioRelay.Http.Playback;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Ui;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AudioRelay.Http;

/// <summary>How a host takes playback, events and the web UI into its application.</summary>
public static class PlaybackApplication
{
    /// <summary>Adds what the endpoints need. <see cref="TimeProvider"/> and <see cref="CommitFeed"/> may be registered before, as the host's own.</summary>
    public static IServiceCollection AddPlayback(this IServiceCollection services, IShowCatalog catalog, PlaybackOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CommitFeed>();
        services.AddSingleton(catalog);
        services.AddSingleton(options ?? new PlaybackOptions());
        PlaybackServices.Add(services);
        return services;
    }

    /// <summary>Maps playback, HLS and events in the layout of the catalog's mode, each under <c>/api</c> and at the predecessor's path.</summary>
    public static IEndpointRouteBuilder MapPlayback(this IEndpointRouteBuilder routes)
    {
        PlaybackRoutes.Map(routes);
        return routes;
    }

    /// <summary>Maps the web UI: every path that is nobody else's.</summary>
    public static IEndpointRouteBuilder MapUi(this IEndpointRouteBuilder routes)
    {
        UiRoutes.Map(routes);
        return routes;
    }
}
