using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http;

/// <summary>Which packed forms a client takes.</summary>
internal static class AcceptEncoding
{
    /// <summary>True when the client names the encoding and does not forbid it by a weight of zero.</summary>
    public static bool Takes(HttpRequest request, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);
}
