using System.Text.RegularExpressions;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Architecture.Tests;

/// <summary>The page on security names tests; each of them exists.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Rows =
    [
        "S1",
        "S2",
        "S3",
        "S6",
        "S7",
        "S8",
        "S9",
        "S11",
        "S14",
        "S15",
        "S16",
        "S17",
        "S18",
        "S19",
        "S21",
        "S24",
    ];

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var page = Checkout.Page("security.md");
        var files = Directory
            .EnumerateFiles(Checkout.File("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal);
        var named = NamedTest()
            .Matches(page)
            .Select(match => (Class: match.Groups["class"].Value, Test: match.Groups["test"].Value))
            .ToList();

        Assert.True(named.Count > 20, $"only {named.Count} tests are named");
        Assert.All(
            named,
            each =>
                Assert.True(
                    files[each.Class].Any(file => File.ReadAllText(file).Contains($" {each.Test}(", StringComparison.Ordinal)),
                    $"there is no test {each.Class}.{each.Test}"
                )
        );
    }

    [Fact]
    public void Every_row_has_its_line_and_names_a_test()
    {
        var lines = Checkout.Page("security.md").Split('\n');

        Assert.All(
            Rows,
            row => Assert.Matches(NamedTest(), Assert.Single(lines, line => line.StartsWith($"| {row} ", StringComparison.Ordinal)))
        );
    }

    [GeneratedRegex("`(?<class>\\w+Tests)\\.(?<test>\\w+)`")]
    private static partial Regex NamedTest();
}
