using System.Net;
using System.Net.Sockets;
using AudioRelay.Host.Doctor;
using AudioRelay.Host.Tests.Config;
using AudioRelay.Media.Codecs;

namespace AudioRelay.Host.Tests.Doctor;

public sealed class ExaminationTests : IDisposable
{
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_library_is_named_with_the_way_to_get_it_on_each_system()
    {
        var finding = Assert.Single(Codecs(missing: CodecLibrary.Opus), f => f.State == FindingState.Missing);

        Assert.Equal("opus", finding.Subject);
        Assert.Contains(finding.Remedies, r => r.Contains("apt-get install libopus0", StringComparison.Ordinal));
        Assert.Contains(finding.Remedies, r => r.Contains("brew install opus", StringComparison.Ordinal));
        Assert.Contains(finding.Remedies, r => r.Contains("libopus-0.dll", StringComparison.Ordinal));
    }

    [Fact]
    public void A_decoder_is_only_missing_when_the_second_one_is_missing_too()
    {
        Assert.DoesNotContain(Codecs(CodecLibrary.Mpg123, CodecLibrary.Faad), f => f.State == FindingState.Missing);
        Assert.DoesNotContain(Codecs(CodecLibrary.Libavcodec), f => f.State != FindingState.Ok);
        Assert.Equal(
            ["mpg123"],
            Codecs(CodecLibrary.Mpg123, CodecLibrary.Libavcodec).Where(f => f.State == FindingState.Missing).Select(f => f.Subject)
        );
    }

    [Fact]
    public void A_port_that_is_taken_is_pointed_out_and_a_free_one_is_fine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Equal(FindingState.Note, PortFinding.Of(port).State);
        taken.Stop();
        Assert.Equal(FindingState.Ok, PortFinding.Of(port).State);
    }

    [Fact]
    public void Looking_at_a_folder_leaves_nothing_behind()
    {
        var findings = DirectoryFindings.Of(Path.Combine(folder.Home, "a", "b")).ToList();

        Assert.DoesNotContain(findings, f => f.State == FindingState.Missing);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Home));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_missing()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "only Linux has a folder that refuses even root");

        Assert.Contains(DirectoryFindings.Of("/proc/audiorelay"), f => f.State == FindingState.Missing);
    }

    [Fact]
    public void The_sqlite_of_this_machine_is_found_and_new_enough()
    {
        Assert.Equal(FindingState.Ok, SqliteFinding.Look().State);
    }

    private static List<Finding> Codecs(params CodecLibrary[] missing) =>
        [
            .. CodecFindings.Of([
                .. CodecLibrary.All.Select(library =>
                    missing.Contains(library)
                        ? new CodecLibraryReport(library, false, null, null, "not found")
                        : new CodecLibraryReport(library, true, "1.0", "x", null)
                ),
            ]),
        ];
}
