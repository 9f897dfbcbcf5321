namespace AudioRelay.Actors.Running;

/// <summary>Names and paths of actors.</summary>
internal static class ActorPath
{
    private const int LongestName = 100;

    /// <summary>Names stand in paths, in URLs and on command lines, so they need no escaping in any of them.</summary>
    public static string CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fits = name.Length is > 0 and <= LongestName && name is not ("." or "..");
        return fits && name.All(c => char.IsAsciiLetterOrDigit(c) || "._-~@:+=".Contains(c, StringComparison.Ordinal))
            ? name
            : throw new ArgumentException(
                $"'{name}' is no name for an actor: 1 to {LongestName} letters, digits and . _ - ~ @ : + =",
                nameof(name)
            );
    }

    public static string Below(ActorCell? parent, string name) =>
        parent is null ? "/"
        : parent.Parent is null ? "/" + name
        : parent.Path + "/" + name;

    /// <summary>Null if there is none.</summary>
    public static ActorCell? Find(ActorCell root, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ActorCell? at = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at?.Children.Find(name);
        }

        return at;
    }
}
