namespace AudioRelay.Media.Codecs;

/// <summary>A codec library that the requested work needs is not on this machine; the message says which, and how to get it.</summary>
public sealed class MissingLibraryException : Exception
{
    /// <summary>Says what is missing.</summary>
    /// <param name="purpose">What was wanted, as "decoding AAC".</param>
    /// <param name="libraries">The libraries of which any one would do.</param>
    public MissingLibraryException(string purpose, params CodecLibrary[] libraries)
        : base(Describe(purpose, libraries))
    {
        Purpose = purpose;
        Libraries = libraries;
    }

    /// <summary>What was wanted.</summary>
    public string Purpose { get; }

    /// <summary>The libraries of which any one would do.</summary>
    public IReadOnlyList<CodecLibrary> Libraries { get; }

    private static string Describe(string purpose, CodecLibrary[] libraries)
    {
        var names = string.Join(" or ", libraries.Select(l => l.Name));
        var get = string.Join(" or ", libraries.Select(l => $"{l.Name}: {l.Install(CodecLibrary.ThisSystem)}"));
        return $"{purpose} needs the library {names}, which is not on this machine. To get it: {get}.";
    }
}
