using System.Text.Json.Nodes;
using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Tests.Config.Toml;

public sealed class TomlSuiteTests
{
    private const string NotHere = "no copy of toml-test was found: put one at ../shared/data/toml-test or name its folder in TOML_TEST";

    [Fact]
    public void Every_valid_document_of_the_public_suite_reads_as_its_expectation_says()
    {
        Assert.SkipWhen(TomlTestSuite.Folder is null, NotHere);
        List<string> wrong = [];
        var count = 0;
        foreach (var file in TomlTestSuite.Files("valid/"))
        {
            count++;
            var path = Path.Combine(TomlTestSuite.Folder, file);
            try
            {
                var actual = TomlAsTaggedJson.Of(TomlReader.Read(File.ReadAllBytes(path)));
                var expected = TomlAsTaggedJson.Normalized(JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json")))!);
                if (!JsonNode.DeepEquals(actual, expected))
                {
                    wrong.Add($"{file}: read {actual.ToJsonString()}, expected {expected.ToJsonString()}");
                }
            }
            catch (TomlException refused)
            {
                wrong.Add($"{file}: refused: {refused.Message}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(count > 180, $"only {count} valid documents were found");
    }

    [Fact]
    public void Every_invalid_document_of_the_public_suite_is_refused_at_a_place_inside_it()
    {
        Assert.SkipWhen(TomlTestSuite.Folder is null, NotHere);
        List<string> wrong = [];
        var count = 0;
        foreach (var file in TomlTestSuite.Files("invalid/"))
        {
            count++;
            var bytes = File.ReadAllBytes(Path.Combine(TomlTestSuite.Folder, file));
            try
            {
                TomlReader.Read(bytes);
                wrong.Add($"{file}: accepted");
            }
            catch (TomlException refused)
            {
                var lines = bytes.Count(b => b == (byte)'\n') + 1;
                if (
                    refused.Position.Line < 1
                    || refused.Position.Line > lines
                    || refused.Position.Column < 1
                    || refused.Problem.Length < 10
                )
                {
                    wrong.Add($"{file}: {refused.Message}");
                }
            }
        }
        Assert.Empty(wrong);
        Assert.True(count > 300, $"only {count} invalid documents were found");
    }
}
