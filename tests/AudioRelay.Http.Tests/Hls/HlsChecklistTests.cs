using System.Text.RegularExpressions;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Http.Tests.Hls;

public sealed partial class HlsChecklistTests
{
    private static readonly string[] Rows =
    [
        .. Enumerable.Range(1, 21).Select(n => $"P{n}"),
        .. Enumerable.Range(1, 8).Select(n => $"F{n}"),
        .. Enumerable.Range(1, 12).Select(n => $"O{n}"),
        .. Enumerable.Range(1, 7).Select(n => $"A{n}"),
        .. Enumerable.Range(14, 20).Select(n => $"B{n}"),
    ];

    [Fact]
    public void Every_test_that_the_checklist_names_exists_and_every_row_is_there()
    {
        var text = Checkout.Page("hls-checklist.md");
        var sources = Directory
            .EnumerateFiles(Checkout.File("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
        var lost = TestName()
            .Matches(text)
            .Select(name => (Class: name.Groups[1].Value, Method: name.Groups[2].Value))
            .Where(test => !sources[test.Class].Any(source => Regex.IsMatch(source, $@"public (async )?(Task|void) {test.Method}\(")))
            .ToArray();
        Assert.Empty(lost);
        var rows = text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split(" | "))
            .ToArray();
        Assert.Equal(Rows.Order(), rows.Select(row => row[0].TrimStart('|', ' ')).Where(Rows.Contains).Order());
        var bare = rows.Where(row => Rows.Contains(row[0].TrimStart('|', ' ')) && !TestName().IsMatch(row[^1]))
            .Select(row => row[0].TrimStart('|', ' '));
        Assert.Empty(bare);
    }

    [Fact]
    public void P4_Six_seconds_are_a_whole_number_of_Opus_packets() => Assert.Equal(0, 6 * 48_000 % 960);

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
