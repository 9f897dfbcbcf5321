namespace AudioRelay.Http.Shows;

/// <summary>The values of <see cref="IShowCatalog.Mode"/>.</summary>
public static class ShowModes
{
    /// <summary>One file is looked at; paths are direct.</summary>
    public const string Inspect = "inspect";

    /// <summary>Shows are recorded; paths name the show.</summary>
    public const string Record = "record";

    /// <summary>Shows are fetched from recorders; paths name the show.</summary>
    public const string Receiver = "receiver";
}
