using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Tests.Config.Toml;

public sealed class TomlReaderTests
{
    [Fact]
    public void Every_value_and_key_knows_its_line_and_column()
    {
        var table = TomlReader.Read("# a comment\na = 1\n\n[b]\n  \"ü😀\" = [ 2,\n    'x' ]\n[[c]]\n  d.e = { f = true }\n");

        var a = Entry(table, "a");
        var list = Entry((TomlTable)Entry(table, "b").Value, "ü😀");
        var c = (TomlArray)Entry(table, "c").Value;
        var f = Entry((TomlTable)Entry((TomlTable)Entry((TomlTable)c.Items[0], "d").Value, "e").Value, "f");
        Assert.Equal((new(2, 1), new(2, 5)), (a.KeyPosition, a.Value.Position));
        Assert.Equal((new(5, 3), new(5, 10)), (list.KeyPosition, list.Value.Position));
        Assert.Equal([new(5, 12), new(6, 5)], ((TomlArray)list.Value).Items.Select(item => item.Position));
        Assert.Equal((new(7, 1), new(8, 11), new(8, 15)), (c.Items[0].Position, f.KeyPosition, f.Value.Position));
    }

    [Theory]
    [InlineData("a = 1\nb = yes\n", 2, 5, "did you mean true?")]
    [InlineData("a = True", 1, 5, "small letters")]
    [InlineData("name = radio one", 1, 8, "text goes in quotes: \"radio\"")]
    [InlineData("path = \"C:\\data\"", 1, 11, "use single quotes")]
    [InlineData("a = \"open\nb = 1", 1, 5, "not closed")]
    [InlineData("a = '''open\nb = 1", 1, 5, "''' is missing")]
    [InlineData("a = [1,\n 2\n", 1, 5, "] is missing")]
    [InlineData("a = [1 2]", 1, 8, "a comma or ] was expected, not '2'")]
    [InlineData("a = {b = 1, }", 1, 13, "a key was expected, not '}'")]
    [InlineData("a = {b = 1\n}", 1, 11, "stands on one line")]
    [InlineData("a = 1\na = 2", 2, 1, "'a' is already set at line 1")]
    [InlineData("[a]\nb = 1\n[a]", 3, 2, "'a' is already a table since line 1")]
    [InlineData("a = []\n[[a]]", 2, 3, "'a' is already a list since line 1")]
    [InlineData("a = 1 b = 2", 1, 7, "the end of the line was expected, not 'b'")]
    [InlineData("a", 1, 2, "'=' and a value were expected after the key, not the end of the file")]
    [InlineData("a =\n", 1, 4, "a value was expected, not the end of the line")]
    [InlineData("a = 9223372036854775808", 1, 5, "does not fit in 64 bits")]
    [InlineData("a = 0xFFFFFFFFFFFFFFFF", 1, 5, "does not fit in 64 bits")]
    [InlineData("a = 2025-02-29", 1, 5, "there is no day 2025-02-29")]
    [InlineData("a = 24:00:00", 1, 5, "there is no time 24:00:00")]
    [InlineData("a = 09:30", 1, 5, "text goes in quotes: \"09:30\"")]
    [InlineData("a = 1 # bell \a", 1, 14, "the control character U+0007 is not allowed in a comment")]
    [InlineData("ключ = 1", 1, 1, "a key was expected, not 'к'")]
    public void A_mistake_is_reported_at_its_place_with_what_was_meant(string text, int line, int column, string says)
    {
        var refused = Assert.Throws<TomlException>(() => TomlReader.Read(text));

        Assert.Equal(new TomlPosition(line, column), refused.Position);
        Assert.Contains(says, refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_is_not_utf8_is_named_by_its_place()
    {
        var refused = Assert.Throws<TomlException>(() => TomlReader.Read([.. "a = 1\nb = '"u8, 0xE9, .. "'"u8]));

        Assert.Equal(new TomlPosition(2, 6), refused.Position);
        Assert.Contains("UTF-8", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_nothing_but_brackets_is_refused_and_does_not_overflow_the_stack()
    {
        var refused = Assert.Throws<TomlException>(() => TomlReader.Read("a = " + new string('[', 100_000)));

        Assert.Contains("nested too deeply", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_mutated_documents_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(20261120);
        var seed =
            "a.b = [1, 2.5e3, 0x1F, '''x''', \"\\u00e9\"]\n[t]\nd = 2026-11-20T10:00:00.5+01:00\n[[u.v]]\ne = { f = true, g = inf }\n";
        for (var i = 0; i < 10_000; i++)
        {
            var text = seed.ToCharArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                text[random.Next(text.Length)] = (char)random.Next(1, random.Next(2) == 0 ? 128 : 0xFFFF);
            }
            var from = random.Next(text.Length / 2);
            var refused = Record.Exception(() => TomlReader.Read(new string(text, from, random.Next(text.Length - from))));
            Assert.True(refused is null or TomlException, refused?.ToString());
        }
    }

    private static TomlEntry Entry(TomlTable table, string key)
    {
        Assert.True(table.TryGet(key, out var entry), $"there is no {key}");
        return entry;
    }
}
