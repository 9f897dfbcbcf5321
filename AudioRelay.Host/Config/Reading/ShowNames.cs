namespace AudioRelay.Host.Config.Reading;

/// <summary>The names a show may have: they become file names and parts of addresses.</summary>
internal static class ShowNames
{
    public const int MostCharacters = 40;

    /// <summary>Why this is no name, null when it is one.</summary>
    public static string? Problem(string name)
    {
        if (name.Length > MostCharacters)
        {
            return $"the name '{name}' has {name.Length} characters; at most {MostCharacters} are possible";
        }
        if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]))
        {
            return $"the name '{name}' must begin with a letter or digit{Instead(name)}";
        }
        return name.All(IsAllowed) ? null : $"the name '{name}' may have only letters, digits, '.', '_' and '-'{Instead(name)}";
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    private static string Instead(string name)
    {
        var slug = string.Concat(name.Select(c => IsAllowed(c) ? c : '-')).Trim('-', '.', '_');
        return slug.Length > 0 ? $", for example '{slug}'" : "";
    }
}
