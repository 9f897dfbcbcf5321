namespace AudioRelay.Host.Roles;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line itself was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by the second Ctrl-C, not waiting for anything.</summary>
    public const int Forced = 130;
}
