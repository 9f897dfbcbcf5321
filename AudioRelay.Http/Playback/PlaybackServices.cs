using System.Text.Json;
using AudioRelay.Http.Hls;
using Microsoft.Extensions.DependencyInjection;

namespace AudioRelay.Http.Playback;

internal static class PlaybackServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddSingleton<PlaylistCache>();
        services.AddSingleton<DiscontinuityCounts>();
    }
}
