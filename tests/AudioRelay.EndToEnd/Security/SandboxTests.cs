using System.Net;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Security;

/// <summary>The program needs no rights (S21): as nobody, without capabilities, with everything read-only but its own folder.</summary>
public sealed partial class SandboxTests
{
    // What ProtectSystem=strict, ReadWritePaths=, User=, CapabilityBoundingSet= and NoNewPrivileges= of the unit files do.
    private const string Sandbox = """
        set -e
        mount --make-rprivate /
        mount --bind "$OWN" "$OWN"
        awk '{print $5}' /proc/self/mountinfo | grep -vE '^/(proc|sys|dev)(/|$)' | grep -vxF "$OWN" | while read -r point; do
          mount -o remount,bind,ro "$point" || [ "$point" != / ]
        done
        if touch /tmp/.audiorelay-sandbox 2>/dev/null; then echo 'the tree can be written' >&2; exit 9; fi
        exec setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all --no-new-privs "$@"
        """;

    [Fact]
    public async Task A_recorder_without_any_rights_records_answers_and_ends_in_order()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare") && File.Exists("/usr/bin/setpriv"),
            "Making the sandbox needs root, unshare and setpriv."
        );
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var config = new TempConfig([new ShowLines("show", station.Address, "copy")]);
        await ToolProcess.Run("chown", ["-R", "65534:65534", config.Home]);
        await using var process = AudioRelayProcess.Start(
            config.Home,
            ["record", "-c", config.File],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["OWN"] = config.Home, ["DOTNET_EnableDiagnostics"] = "0" },
            ["unshare", "--mount", "--", "sh", "-c", Sandbox, "sh"]
        );

        using var client = new HttpClient { BaseAddress = new Uri((await process.Line(Listening())).Groups[1].Value) };
        await using (var commits = new CommitWatch(client))
        {
            await commits.Reaches("show", 2);
        }

        var status = await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        using var playlist = await client.GetAsync("/show/show/playlist.m3u8", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, playlist.StatusCode);
        Assert.Equal(0, await process.Terminate());
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}
