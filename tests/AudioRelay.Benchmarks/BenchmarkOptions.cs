namespace AudioRelay.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Parts">Names of the parts to run; empty for all.</param>
/// <param name="Quick">A tenth of the work: for looking whether it runs, not for figures to quote.</param>
/// <param name="Long">Amounts that take many minutes, where a part has some.</param>
/// <param name="Folder">Where databases are made; null for the system's temporary folder.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Parts, bool Quick, bool Long, string? Folder)
{
    /// <summary>Reads the arguments; null with the reason when they make no sense.</summary>
    public static BenchmarkOptions? Read(string[] arguments, IReadOnlyCollection<string> known, out string? fault)
    {
        var (parts, quick, isLong, folder) = (new List<string>(), false, false, (string?)null);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
            {
                quick = true;
            }
            else if (arguments[i] == "--long")
            {
                isLong = true;
            }
            else if (arguments[i] == "--folder" && i + 1 < arguments.Length)
            {
                folder = arguments[++i];
            }
            else if (known.Contains(arguments[i]))
            {
                parts.Add(arguments[i]);
            }
            else
            {
                fault = $"'{arguments[i]}' is no part and no option.";
                return null;
            }
        }

        fault = null;
        return new BenchmarkOptions(parts, quick, isLong, folder);
    }
}
