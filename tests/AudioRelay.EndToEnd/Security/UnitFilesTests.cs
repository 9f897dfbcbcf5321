using System.Text;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Security;

/// <summary>What systemd's own tool says of the unit files (S21).</summary>
public sealed class UnitFilesTests
{
    [Theory]
    [InlineData(UnitFiles.Record)]
    [InlineData(UnitFiles.Receiver)]
    public async Task Systemd_understands_every_line_and_calls_the_exposure_low(string unit)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "It needs systemd-analyze.");
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllTextAsync(Path.Combine(UnitFiles.Folder, unit), TestContext.Current.CancellationToken);
        // The program is not installed where the unit says.
        Assert.Contains("ExecStart=/opt/audiorelay/audiorelay ", lines, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            folder.File(unit),
            lines.Replace("/opt/audiorelay/audiorelay ", "/bin/true ", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        // A line that it does not know is only a warning.
        var verified = await ToolProcess.Run("sh", ["-c", "systemd-analyze verify --man=no \"$0\" 2>&1", folder.File(unit)]);
        Assert.Equal("", Encoding.UTF8.GetString(verified));
        // 2.0 of 10, where a unit without such lines has 9.6; it throws when there is more.
        await ToolProcess.Run("systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", folder.File(unit)]);
    }
}
