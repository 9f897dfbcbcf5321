using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioRelay.TestKit.Fixtures;

/// <summary>The titles in a capture's <c>.cue</c>: <c>TITLE "…"</c> and <c>INDEX 01 mm:ss:ff</c> (75 frames a second) per track.</summary>
public static partial class CueSheet
{
    public static IReadOnlyList<(TimeSpan At, string Title)> Read(string path)
    {
        List<(TimeSpan, string)> tracks = [];
        string? title = null;
        foreach (var line in File.ReadLines(path))
        {
            if (TitleLine().Match(line) is { Success: true } named)
            {
                title = named.Groups[1].Value;
            }
            else if (IndexLine().Match(line) is { Success: true } index && title is not null)
            {
                var fields = index.Groups.Cast<Group>().Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray();
                tracks.Add((TimeSpan.FromSeconds((fields[0] * 60) + fields[1] + (fields[2] / 75.0)), title));
            }
        }

        return tracks;
    }

    [GeneratedRegex("""^\s+TITLE "(.*)"\s*$""")]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^\s+INDEX 01 (\d+):(\d+):(\d+)\s*$")]
    private static partial Regex IndexLine();
}
