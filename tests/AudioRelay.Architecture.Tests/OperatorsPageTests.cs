using System.Text.Json;
using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Architecture.Tests;

/// <summary>Whatever a page or a log calls a state or a cause, the operators' page has a line on it.</summary>
public sealed class OperatorsPageTests
{
    [Fact]
    public void Every_named_state_has_its_paragraph() =>
        AssertNamed(Enum.GetNames<ShowSyncState>(), "## What a received show's state means");

    [Fact]
    public void Every_cause_of_a_gap_has_its_paragraph() => AssertNamed(Enum.GetNames<GapCause>(), "## Why something was not recorded");

    private static void AssertNamed(IReadOnlyList<string> names, string heading)
    {
        var after = Checkout.Page("operators.md").Split(heading + "\n");
        Assert.True(after.Length == 2, $"the page has no heading '{heading}'");
        var explained = after[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var firstCells = string.Join('\n', explained.Select(line => line.Split('|')[1]));
        Assert.All(
            names.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
            name => Assert.Contains($"`{name}`", firstCells, StringComparison.Ordinal)
        );
    }
}
