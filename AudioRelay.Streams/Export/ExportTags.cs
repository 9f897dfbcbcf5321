namespace AudioRelay.Streams.Export;

/// <summary>What a file says of itself.</summary>
/// <param name="Title">The show and when it was, in UTC.</param>
/// <param name="Artist">The show.</param>
/// <param name="Date">When the sound begins, ISO 8601.</param>
internal sealed record ExportTags(string Title, string Artist, string Date)
{
    /// <summary>The tags of a file that begins with this part.</summary>
    public static ExportTags Of(string show, ExportPart first)
    {
        var start = DateTimeOffset.UnixEpoch.AddMicroseconds(first.Section.StartUs);
        start += TimeSpan.FromSeconds((double)first.FromSample / first.Section.Rate);
        return new ExportTags($"{show} {start:yyyy-MM-dd HH:mm}", show, $"{start:yyyy-MM-ddTHH:mm:ssZ}");
    }
}
