using System.Text.Json;
using AudioRelay.Http.Hls;
using AudioRelay.Media.Codecs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AudioRelay.Http.Playback;

internal static class PlaybackServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.TryAddSingleton(_ => new CodecCatalog());
        services.AddSingleton<ShowGlances>();
        services.AddSingleton<PlaylistCache>();
        services.AddSingleton<LongestSegments>();
        services.AddSingleton<TargetPromises>();
        services.AddSingleton<SegmentLoader>();
        services.AddSingleton(provider => new SegmentCache(
            provider.GetRequiredService<PlaybackOptions>().SegmentCacheBytes,
            provider.GetRequiredService<TimeProvider>()
        ));
    }
}
