using AudioRelay.Host.Tests.Config;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Host.Tests.Scripts;

/// <summary>The scripts' part that looks at the machine, against a machine made of stand-ins for ldconfig, apt-get, id and sudo.</summary>
public sealed class PrepareScriptTests : IDisposable
{
    private const string Everything = "libmpg123.so.0 libfaad.so.2 libopus.so.0 libvo-aacenc.so.0 libsqlite3.so.0";
    private const string NothingButMpg123 = "libmpg123.so.0";
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_machine_that_has_everything_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts install packages on Debian and Ubuntu only");

        var run = await Prepare(Everything, user: "0");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Installed));
    }

    [Fact]
    public async Task Root_installs_what_is_missing_and_only_that_after_saying_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts install packages on Debian and Ubuntu only");

        var run = await Prepare(NothingButMpg123, user: "0");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("installing with apt-get: libfaad2 libopus0 libvo-aacenc0 libsqlite3-0", run.Output, StringComparison.Ordinal);
        Assert.Contains("noninteractive: -q install -y --no-install-recommends", run.Installed, StringComparison.Ordinal);
        Assert.EndsWith("libfaad2 libopus0 libvo-aacenc0 libsqlite3-0", run.Installed.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anybody_else_uses_sudo_when_it_asks_no_password()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts install packages on Debian and Ubuntu only");

        var run = await Prepare(NothingButMpg123, user: "1000", sudo: "[ \"$1\" = -n ] || exit 1; shift; exec \"$@\"");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("noninteractive: -q install", run.Installed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_root_and_sudo_the_one_command_to_type_is_printed_and_nothing_is_done()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts install packages on Debian and Ubuntu only");

        var run = await Prepare(NothingButMpg123, user: "1000", sudo: "exit 1");

        Assert.Equal((1, ""), (run.ExitCode, run.Installed));
        Assert.Contains(
            "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libfaad2 libopus0 libvo-aacenc0 libsqlite3-0\n",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_package_is_taken_by_the_name_this_release_has_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts install packages on Debian and Ubuntu only");

        var run = await Prepare("libfaad.so.2 libopus.so.0 libvo-aacenc.so.0 libsqlite3.so.0", user: "0", offered: "libmpg123-0t64");

        Assert.EndsWith(" libmpg123-0t64", run.Installed.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sources_are_the_checkouts_from_wherever_a_script_is_called()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts run on Linux and macOS");
        folder.Write("AudioRelay.One/a.cs", "a");
        folder.Write("web/b.ts", "b");
        var script = Checkout.File("scripts", "prepare.sh");
        var hash = $"set -euo pipefail; me=audiorelay; root='{folder.Home}'; . '{script}'; content_hash 'AudioRelay.*' web";

        var here = await Bash.Run($"cd '{folder.Home}'; {hash}", "/usr/bin:/bin");
        var elsewhere = await Bash.Run($"cd /; {hash}", "/usr/bin:/bin");

        Assert.Equal(0, elsewhere.ExitCode);
        Assert.Matches("^[0-9a-f]{16}\n$", elsewhere.Output);
        Assert.Equal(here, elsewhere);

        folder.Write("AudioRelay.One/a.cs", "changed");
        Assert.NotEqual(elsewhere, await Bash.Run($"cd /; {hash}", "/usr/bin:/bin"));
    }

    private async Task<(int ExitCode, string Output, string Installed)> Prepare(
        string libraries,
        string user,
        string sudo = "exit 1",
        string? offered = null
    )
    {
        Stub("ldconfig", $"for l in {libraries}; do echo \"$l (libc6,x86-64) => /lib/$l\"; done");
        Stub("id", $"echo {user}");
        Stub("sudo", sudo);
        Stub("apt-cache", offered is null ? "exit 0" : $"[ \"$2\" = {offered} ]");
        Stub("apt-get", $"case \"$*\" in *install*) echo \"$DEBIAN_FRONTEND: $*\" >> '{folder.Home}/installed';; esac");
        var script = Checkout.File("scripts", "prepare.sh");
        var run = await Bash.Run(
            $"set -euo pipefail; me=audiorelay; root='{folder.Home}'; . '{script}'; mapfile -t missing < <(missing_to_run); install_missing ${{missing[@]+\"${{missing[@]}}\"}}",
            $"{folder.Home}/bin:/usr/bin:/bin"
        );
        var log = Path.Combine(folder.Home, "installed");
        return (run.ExitCode, run.Output, File.Exists(log) ? File.ReadAllText(log) : "");
    }

    private void Stub(string name, string body)
    {
        var path = folder.Write($"bin/{name}", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
