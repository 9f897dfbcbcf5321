namespace AudioRelay.TestKit.Net;

/// <summary>What a client has asked of a <see cref="WebStand"/>.</summary>
/// <param name="Head">The request line and the headers, as they came.</param>
public sealed record WebRequest(string Head)
{
    /// <summary>Path and query, as they came.</summary>
    public string Target => Head.Split(' ', 3)[1];

    /// <summary>The path, as it came.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>A header's value; null when it was not sent.</summary>
    public string? Header(string name) =>
        Head.Split("\r\n")
            .Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();

    /// <summary>A field of the query, unescaped; null when it was not sent.</summary>
    public string? Query(string name) =>
        Target
            .Split('?', 2)
            .Skip(1)
            .SelectMany(query => query.Split('&'))
            .Select(field => field.Split('=', 2))
            .Where(field => field[0] == name)
            .Select(field => Uri.UnescapeDataString(field.ElementAtOrDefault(1) ?? ""))
            .FirstOrDefault();
}
