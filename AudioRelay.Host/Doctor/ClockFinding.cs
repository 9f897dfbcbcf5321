namespace AudioRelay.Host.Doctor;

/// <summary>The clock: recordings are filed by it.</summary>
internal static class ClockFinding
{
    private const string SystemdSynchronised = "/run/systemd/timesync/synchronized";
    private static readonly string[] ChronyAndNtp =
    [
        "/run/chrony/chronyd.pid",
        "/run/chronyd.pid",
        "/run/ntpd.pid",
        "/run/ntpsec/ntpd.pid",
    ];

    public static Finding Of(TimeProvider time)
    {
        var now = time.GetUtcNow();
        // The program cannot have been built in the future.
        var built = File.GetLastWriteTimeUtc(typeof(ClockFinding).Assembly.Location);
        if (now.UtcDateTime < built - TimeSpan.FromDays(1))
        {
            return new Finding(
                FindingState.Missing,
                "clock",
                $"{now:u} is earlier than this program's own file ({built:u})",
                ["set the clock, or switch NTP on: timedatectl set-ntp true; without NTP, clock = 'station' per session"]
            );
        }
        var kept = File.Exists(SystemdSynchronised) || ChronyAndNtp.Any(File.Exists);
        return kept || !OperatingSystem.IsLinux()
            ? new Finding(FindingState.Ok, "clock", $"{now:u}")
            : new Finding(FindingState.Note, "clock", $"{now:u}; nothing seems to keep it right here (a container's host may)");
    }
}
