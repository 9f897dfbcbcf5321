namespace AudioRelay.EndToEnd.Security;

/// <summary>The systemd units that the operators' page tells to install.</summary>
internal static class UnitFiles
{
    public const string Record = "audiorelay-record.service";
    public const string Receiver = "audiorelay-receiver.service";

    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "AudioRelay.sln")))
        {
            at = at.Parent;
        }

        return Path.Combine(
            at?.FullName ?? throw new InvalidOperationException("The tests do not lie below AudioRelay.sln."),
            "docs",
            "systemd"
        );
    }
}
