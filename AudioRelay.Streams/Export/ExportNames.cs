using System.Text;

namespace AudioRelay.Streams.Export;

/// <summary>
/// Names of files: <c>{show}_{yyyymmdd_hhmmss}_{hex section id}.{ext}</c> for a section, <c>{show}_{from}_{to}.{ext}</c> for a stretch of
/// time. UTC.
/// </summary>
internal static class ExportNames
{
    /// <summary>The end of the year 9999.</summary>
    private const long LastUs = 253_402_300_799_000_000;

    /// <summary>In any script the name then stays below the 255 bytes that file systems take.</summary>
    private const int MostRunes = 40;

    public static string Of(string show, ExportRange range, IReadOnlyList<ExportPart> parts, string extension)
    {
        var label = Label(show);
        return range is ExportRange.Times(var times)
            ? $"{label}_{Instant(times.FromUs)}_{Instant(times.UntilUs)}.{extension}"
            : $"{label}_{Instant(parts[0].Section.StartUs)}_{parts[0].Section.Id:x}.{extension}";
    }

    // A foreign recorder's show may have any name: letters of every script stay, what a file system or a shell could take for more does not.
    private static string Label(string show)
    {
        var label = string.Concat(show.EnumerateRunes().Take(MostRunes).Select(r => IsPlain(r) ? r.ToString() : "-"));
        return label.TrimStart('.', '-') is { Length: > 0 } name ? name : "show";
    }

    private static bool IsPlain(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '-';

    // A client may ask for any stretch of time; the name then tells the part of it that a calendar knows.
    private static string Instant(long utcUs) =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(utcUs, 0, LastUs) * 10).ToString("yyyyMMdd_HHmmss");
}
