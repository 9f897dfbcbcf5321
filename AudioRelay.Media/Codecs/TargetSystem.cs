namespace AudioRelay.Media.Codecs;

/// <summary>The systems whose way of installing a library we can name.</summary>
public enum TargetSystem
{
    /// <summary>Debian, Ubuntu and other Linux.</summary>
    Debian,

    /// <summary>macOS with Homebrew.</summary>
    MacOs,

    /// <summary>Windows.</summary>
    Windows,
}
