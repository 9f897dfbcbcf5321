namespace AudioRelay.Media.Codecs.Native;

/// <summary>The file names of a library on each system.</summary>
internal sealed record NativeNames(string[] Linux, string[] MacOs, string[] Windows)
{
    /// <summary>The names on this system.</summary>
    public string[] Here =>
        OperatingSystem.IsWindows() ? Windows
        : OperatingSystem.IsMacOS() ? MacOs
        : Linux;
}
