using AudioRelay.Storage.Receiving;

namespace AudioRelay.Http.Shows;

/// <summary>A show's name as one piece of a path.</summary>
/// <remarks>
/// Names of other people's shows may hold anything. Percent-encoding carries nearly all of it; what it cannot carry are the names that
/// browsers and servers take for steps in a path (<c>.</c>, <c>..</c>), a slash, which servers do not agree about, and control characters.
/// Such a show is found under its slug instead.
/// </remarks>
public static class ShowPath
{
    /// <summary>What stands for the show in a path that we write.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsCarried(name) ? Uri.EscapeDataString(name) : StoreSlug.Of(name);
    }

    /// <summary>True when a piece of a path, decoded as the server decodes it, means the show although it is not its name.</summary>
    public static bool Means(string piece, string name) =>
        !IsCarried(name)
        && (
            string.Equals(piece, StoreSlug.Of(name), StringComparison.Ordinal)
            // The server leaves an encoded slash as it is.
            || string.Equals(piece.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), name, StringComparison.Ordinal)
        );

    private static bool IsCarried(string name) =>
        name is not ("" or "." or "..") && !name.Contains('/') && !name.Contains('\\') && !name.Any(char.IsControl);
}
