using System.Net.Http.Headers;

namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Reads a Content-Type header as <see cref="StationContent"/>.</summary>
internal static class StationContents
{
    public static StationContent Of(MediaTypeHeaderValue? type) => Of(type?.MediaType);

    public static StationContent Of(string? mediaType) =>
        mediaType?.Trim().ToLowerInvariant() switch
        {
            "audio/mpeg" or "audio/mp3" or "audio/x-mpeg" or "audio/x-mp3" or "audio/mpeg3" or "audio/mpg" => StationContent.Mp3,
            "audio/aac" or "audio/aacp" or "audio/x-aac" or "audio/x-aacp" or "audio/x-hx-aac-adts" => StationContent.Aac,
            "audio/x-scpls" or "application/pls+xml" or "audio/x-mpegurl" or "audio/mpegurl" or "application/x-mpegurl" =>
                StationContent.Playlist,
            "application/vnd.apple.mpegurl" => StationContent.Playlist,
            null or "" or "application/octet-stream" or "binary/octet-stream" or "audio/unknown" or "audio/*" or "unknown/unknown" =>
                StationContent.Unsaid,
            _ => StationContent.Other,
        };
}
