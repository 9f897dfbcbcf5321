using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Security;

/// <summary>
/// What the unit files ask of systemd, done without it: another user, no capabilities, everything read-only but one folder, a
/// <c>/proc</c> without the machine, and system calls outside the unit's filter refused with EPERM.
/// </summary>
internal static partial class Sandbox
{
    // ProtectSystem=strict, StateDirectory=, ProcSubset=pid, ProtectProc=invisible; SystemCallFilter=, SystemCallErrorNumber=EPERM;
    // User=, CapabilityBoundingSet=, NoNewPrivileges=.
    private const string Script = """
        set -e
        mount --make-rprivate /
        mount -t proc -o subset=pid,hidepid=invisible proc /proc
        mount --bind "$OWN" "$OWN"
        awk '{print $5}' /proc/self/mountinfo | grep -vE '^/(proc|sys|dev)(/|$)' | grep -vxF "$OWN" | while read -r point; do
          mount -o remount,bind,ro "$point" || [ "$point" != / ]
        done
        if touch /tmp/.audiorelay-sandbox 2>/dev/null; then echo 'the tree can be written' >&2; exit 9; fi
        calls() {
          systemd-analyze syscall-filter "$1" | sed '1d; /#/d' | while read -r name; do
            case $name in @*) calls "$name" ;; ?*) printf '?%s,' "$name" ;; esac
          done
        }
        refused="!$(calls "$FILTER")?read"
        exec strace -D -f --seccomp-bpf -qq -o "$OWN/refused" -e "trace=$refused" -e "inject=$refused:error=EPERM" -e signal=none \
          setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all --no-new-privs "$@"
        """;

    /// <summary>What is missing for it; null when it can be made.</summary>
    public static string? Missing =>
        !Environment.IsPrivilegedProcess ? "Making the sandbox needs root."
        : Array.Find(["unshare", "setpriv", "strace", "systemd-analyze"], tool => !File.Exists($"/usr/bin/{tool}")) is { } tool
            ? $"Making the sandbox needs {tool}."
        : null;

    /// <summary>Starts the program as a unit file would.</summary>
    /// <param name="unit">The unit file's name.</param>
    /// <param name="home">The folder that is its own.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<AudioRelayProcess> Start(string unit, string home, string[] arguments)
    {
        await ToolProcess.Run("chown", ["-R", "65534:65534", home]);
        var lines = await File.ReadAllTextAsync(Path.Combine(UnitFiles.Folder, unit), TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OWN"] = home,
            ["FILTER"] = Filter().Match(lines).Groups["set"].Value,
        };
        foreach (Match set in Variable().Matches(lines))
        {
            environment[set.Groups["name"].Value] = set.Groups["value"].Value;
        }

        return AudioRelayProcess.Start(home, arguments, environment, ["unshare", "--mount", "--", "sh", "-c", Script, "sh"]);
    }

    /// <summary>The system calls that were refused so far, one per line.</summary>
    public static string[] Refused(string home) => File.ReadAllLines(Path.Combine(home, "refused"));

    [GeneratedRegex("^SystemCallFilter=(?<set>@[a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Filter();

    [GeneratedRegex("^Environment=(?<name>\\w+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
