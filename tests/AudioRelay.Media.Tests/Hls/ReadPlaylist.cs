using System.Globalization;
using System.Text;

namespace AudioRelay.Media.Tests.Hls;

/// <summary>A media playlist as a player reads it.</summary>
internal sealed class ReadPlaylist
{
    public List<string> Lines { get; } = [];

    public List<ReadSegment> Segments { get; } = [];

    public int Version => int.Parse(Value("#EXT-X-VERSION:")!, CultureInfo.InvariantCulture);

    public int Target => int.Parse(Value("#EXT-X-TARGETDURATION:")!, CultureInfo.InvariantCulture);

    public string? Type => Value("#EXT-X-PLAYLIST-TYPE:");

    public bool HasEnd => Lines.Contains("#EXT-X-ENDLIST");

    public static ReadPlaylist Parse(byte[] bytes)
    {
        var read = new ReadPlaylist();
        read.Lines.AddRange(new UTF8Encoding(false, true).GetString(bytes).Split('\n'));
        Assert.Equal("", read.Lines[^1]);
        var number = long.Parse(read.Value("#EXT-X-MEDIA-SEQUENCE:") ?? "0", CultureInfo.InvariantCulture);
        var era = long.Parse(read.Value("#EXT-X-DISCONTINUITY-SEQUENCE:") ?? "0", CultureInfo.InvariantCulture);
        string? length = null;
        string? map = null;
        DateTimeOffset? wall = null;
        var (isBroken, isGap) = (false, false);
        foreach (var line in read.Lines)
        {
            if (line == "#EXT-X-DISCONTINUITY")
            {
                era++;
                isBroken = true;
            }
            else if (line == "#EXT-X-GAP")
            {
                isGap = true;
            }
            else if (line.StartsWith("#EXTINF:", StringComparison.Ordinal))
            {
                length = line[8..].TrimEnd(',');
            }
            else if (line.StartsWith("#EXT-X-MAP:URI=", StringComparison.Ordinal))
            {
                map = line[16..].TrimEnd('"');
            }
            else if (line.StartsWith("#EXT-X-PROGRAM-DATE-TIME:", StringComparison.Ordinal))
            {
                Assert.EndsWith("Z", line, StringComparison.Ordinal);
                wall = DateTimeOffset.Parse(line[25..], CultureInfo.InvariantCulture);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                read.Segments.Add(new ReadSegment(number++, era, line, length!, map, wall, isBroken, isGap));
                (length, wall, isBroken, isGap) = (null, null, false, false);
            }
        }

        return read;
    }

    private string? Value(string tag) => Lines.SingleOrDefault(l => l.StartsWith(tag, StringComparison.Ordinal))?[tag.Length..];
}
