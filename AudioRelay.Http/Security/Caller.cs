using System.Net;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Who asks, as far as the connection tells.</summary>
internal static class Caller
{
    /// <summary>The address at the other end; IPv4 as such, also on a socket that takes both.</summary>
    public static IPAddress? Address(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
