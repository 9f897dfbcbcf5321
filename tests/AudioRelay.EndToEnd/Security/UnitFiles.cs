using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.EndToEnd.Security;

/// <summary>The systemd units that the operators' page tells to install.</summary>
internal static class UnitFiles
{
    public const string Record = "audiorelay-record.service";
    public const string Receiver = "audiorelay-receiver.service";

    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = Checkout.File("docs", "systemd");
}
