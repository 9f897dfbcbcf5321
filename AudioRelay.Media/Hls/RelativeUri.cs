using System.Text;

namespace AudioRelay.Media.Hls;

/// <summary>URIs as playlists hold them: relative, so that they work behind any path and proxy, and percent-encoded.</summary>
internal static class RelativeUri
{
    /// <summary>Escapes each part of a path; what follows a question mark is taken as it is.</summary>
    /// <exception cref="ArgumentException">The URI is absolute, or its query could end the line or the quotes it stands in.</exception>
    public static byte[] Encode(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.StartsWith('/') || uri.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException($"A playlist holds relative URIs only, not '{uri}'.", nameof(uri));
        }

        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : uri[mark..];
        if (query.AsSpan().ContainsAny('"', '\r', '\n'))
        {
            throw new ArgumentException("A query with a quote or a line end cannot stand in a playlist.", nameof(uri));
        }

        var path = mark < 0 ? uri : uri[..mark];
        return Encoding.UTF8.GetBytes(string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + query);
    }
}
