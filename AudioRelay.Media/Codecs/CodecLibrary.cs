namespace AudioRelay.Media.Codecs;

/// <summary>A native codec library: its name, what it is for, and how to get it.</summary>
/// <param name="Name">Short name, as used in the configuration and in <c>AUDIORELAY_WITHOUT_LIBRARIES</c>.</param>
/// <param name="Purpose">What it is for, in words.</param>
/// <param name="DebianPackage">Package on Debian and Ubuntu.</param>
/// <param name="HomebrewFormula">Formula on macOS.</param>
/// <param name="WindowsFile">The DLL that is looked for on Windows.</param>
public sealed record CodecLibrary(string Name, string Purpose, string DebianPackage, string HomebrewFormula, string WindowsFile)
{
    /// <summary>libmpg123: decodes MP3.</summary>
    public static CodecLibrary Mpg123 { get; } =
        new("mpg123", "decode MP3", "libmpg123-0 (Debian 13: libmpg123-0t64)", "mpg123", "libmpg123-0.dll");

    /// <summary>libfaad2: decodes AAC.</summary>
    public static CodecLibrary Faad { get; } = new("faad", "decode AAC and HE-AAC", "libfaad2", "faad2", "libfaad-2.dll");

    /// <summary>libavcodec: the second decoder for both.</summary>
    public static CodecLibrary Libavcodec { get; } =
        new(
            "libavcodec",
            "decode MP3, AAC and HE-AAC (second choice)",
            "libavcodec59 (Debian 13: libavcodec61)",
            "ffmpeg",
            "avcodec-61.dll"
        );

    /// <summary>libopus: encodes Opus.</summary>
    public static CodecLibrary Opus { get; } = new("opus", "encode Opus", "libopus0", "opus", "libopus-0.dll");

    /// <summary>vo-aacenc: encodes AAC-LC.</summary>
    public static CodecLibrary VoAacEnc { get; } = new("vo-aacenc", "encode AAC", "libvo-aacenc0", "libvo-aacenc", "libvo-aacenc-0.dll");

    /// <summary>All of them, in the order a person wants to read.</summary>
    public static IReadOnlyList<CodecLibrary> All { get; } = [Mpg123, Faad, Libavcodec, Opus, VoAacEnc];

    /// <summary>The system this process runs on.</summary>
    public static TargetSystem ThisSystem =>
        OperatingSystem.IsWindows() ? TargetSystem.Windows
        : OperatingSystem.IsMacOS() ? TargetSystem.MacOs
        : TargetSystem.Debian;

    /// <summary>How to get it on a system: a command, or on Windows the file to put beside the program.</summary>
    /// <param name="system">The system.</param>
    public string Install(TargetSystem system) =>
        system switch
        {
            TargetSystem.Debian => $"apt-get install {DebianPackage}",
            TargetSystem.MacOs => $"brew install {HomebrewFormula}",
            _ => $"put {WindowsFile} into the folder of the program or on the PATH",
        };
}
