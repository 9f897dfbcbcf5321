using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.SyncApi;

/// <summary>Whether a client speaks version 2 of the protocol: it says so in its Accept header, and gets the predecessor's answers if not.</summary>
internal static class ProtocolVersion
{
    /// <summary>Any of the types that it takes is of version 2.</summary>
    public static bool IsTwo(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(IsTwo);

    /// <summary>A type is of version 2.</summary>
    public static bool IsTwo(MediaTypeHeaderValue accepted) =>
        accepted.Parameters.Any(p =>
            p.Name.Equals("version", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(p.Value) == "2"
        );
}
