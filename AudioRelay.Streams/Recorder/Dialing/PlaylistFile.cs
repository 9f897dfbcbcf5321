namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>The small text files that stations hand out in place of a stream: PLS and M3U. Pure.</summary>
internal static class PlaylistFile
{
    /// <summary>The first entry that is an http or https address; null when there is none.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="from">Where it came from; relative entries are resolved against it.</param>
    public static Uri? FirstStream(string text, Uri from)
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] is '#' or '[' or ';')
            {
                continue;
            }

            var entry = Entry(line);
            if (entry is not null && Uri.TryCreate(from, entry, out var address) && address.Scheme is "http" or "https")
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>True when the address names such a file.</summary>
    public static bool IsNamed(Uri address) => Path.GetExtension(address.AbsolutePath).ToLowerInvariant() is ".pls" or ".m3u" or ".m3u8";

    /// <summary>True for the playlists of HTTP Live Streaming, which name segments and not a stream.</summary>
    public static bool IsHls(string text) => text.Contains("#EXT-X-", StringComparison.Ordinal);

    private static string? Entry(string line)
    {
        var equals = line.IndexOf('=');
        var isPlsKey =
            equals > 0 && line[..equals].All(char.IsLetterOrDigit) && !line.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        if (!isPlsKey)
        {
            return line;
        }

        return line.StartsWith("file", StringComparison.OrdinalIgnoreCase) ? line[(equals + 1)..].Trim() : null;
    }
}
