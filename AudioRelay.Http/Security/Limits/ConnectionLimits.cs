using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AudioRelay.Http.Security.Limits;

/// <summary>What a connection may take: said here, and not left to what the framework happens to have.</summary>
internal static class ConnectionLimits
{
    private const double SlowestBytesPerSecond = 240;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void Set(KestrelServerLimits limits, RelayServerOptions options)
    {
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2); // a player that is paused is idle between two requests, and may be
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, Grace);
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBodySize = 64 * 1024; // nothing we take is larger than a note
        limits.Http2.MaxStreamsPerConnection = 64;
    }
}
