using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioRelay.Host.Config.Toml;

/// <summary>Dates, times, and dates with times.</summary>
internal static partial class TomlTimeParser
{
    public static TomlValue? TryParse(string word, TomlPosition position)
    {
        var match = Shape().Match(word);
        if (!match.Success)
        {
            return null;
        }
        var hasDate = match.Groups["date"].Success;
        var hasTime = match.Groups["time"].Success;
        var date = default(DateOnly);
        var time = default(TimeOnly);
        if (
            hasDate
            && !DateOnly.TryParseExact(
                match.Groups["date"].Value,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out date
            )
        )
        {
            throw new TomlException(position, $"there is no day {match.Groups["date"].Value}");
        }
        if (
            hasTime
            && !TimeOnly.TryParseExact(match.Groups["time"].Value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
        )
        {
            throw new TomlException(position, $"there is no time {match.Groups["time"].Value}");
        }
        time = time.Add(Fraction(match.Groups["fraction"].ValueSpan));
        if (!hasDate)
        {
            return new TomlLocalTime(position, time);
        }
        if (!hasTime)
        {
            return new TomlLocalDate(position, date);
        }
        return match.Groups["offset"].Success
            ? new TomlOffsetDateTime(position, date.ToDateTime(time), Offset(match.Groups["offset"].ValueSpan, position))
            : new TomlLocalDateTime(position, date.ToDateTime(time));
    }

    /// <summary>Digits beyond 100 ns are cut off, as the standard allows.</summary>
    private static TimeSpan Fraction(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }
        return TimeSpan.FromTicks(ticks);
    }

    private static TimeSpan Offset(ReadOnlySpan<char> offset, TomlPosition position)
    {
        if (offset is "Z" or "z")
        {
            return TimeSpan.Zero;
        }
        var hours = int.Parse(offset[1..3], NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = int.Parse(offset[4..6], NumberStyles.None, CultureInfo.InvariantCulture);
        if (hours > 23 || minutes > 59)
        {
            throw new TomlException(position, $"there is no offset {offset}");
        }
        var span = new TimeSpan(hours, minutes, 0);
        return offset[0] == '-' ? -span : span;
    }

    [GeneratedRegex(
        @"^((?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?)?|(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Shape();
}
