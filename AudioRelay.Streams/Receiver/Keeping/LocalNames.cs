namespace AudioRelay.Streams.Receiver.Keeping;

/// <summary>What a recorder's show is called here: its own name, or with its recorder's before it when another has that name.</summary>
internal static class LocalNames
{
    /// <param name="remote">The recorder.</param>
    /// <param name="show">The show's name there.</param>
    /// <param name="isTaken">Whether a name is in use here, ignoring case.</param>
    public static string Choose(string remote, string show, Func<string, bool> isTaken)
    {
        if (!isTaken(show))
        {
            return show;
        }

        var both = $"{remote}.{show}";
        var name = both;
        for (var number = 2; isTaken(name); number++)
        {
            name = $"{both}-{number}"; // a recorder whose names differ only in case, or a show that is called like this already
        }

        return name;
    }
}
