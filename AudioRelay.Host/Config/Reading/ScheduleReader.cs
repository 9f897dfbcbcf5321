using System.Globalization;
using AudioRelay.Host.Config.Toml;
using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Host.Config.Reading;

/// <summary>The daily window of a session.</summary>
internal static class ScheduleReader
{
    public static readonly DailyWindow AllDay = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>The window; all day when there is no schedule.</summary>
    public static DailyWindow Read(TableReader session)
    {
        if (session.Table("schedule") is not { } schedule)
        {
            return AllDay;
        }
        schedule.Require("record_start", "when recording begins each day, in UTC, such as '09:00'");
        schedule.Require("record_end", "when it ends, such as '17:00'; equal to record_start means all day");
        var start = Time(schedule, "record_start");
        var end = Time(schedule, "record_end");
        schedule.RefuseTheRest();
        return start is { } from && end is { } to ? new DailyWindow(from, to) : AllDay;
    }

    private static TimeOnly? Time(TableReader schedule, string key)
    {
        switch (schedule.Value(key))
        {
            case null:
                return null;
            case TomlLocalTime { Value: { Second: 0, Millisecond: 0 } time }:
                return time;
            case TomlString text:
                if (Parse(text.Value) is { } parsed)
                {
                    return parsed;
                }
                var hint = text.Value.Trim() == "24:00" ? "; the end of the day is '00:00'" : "";
                schedule.Diagnostics.Error(
                    text.Position,
                    $"'{key}' = '{text.Value}' is no time of day: 'HH:MM' in UTC, from '00:00' to '23:59'{hint}"
                );
                return null;
            case var other:
                schedule.Diagnostics.Error(
                    other.Position,
                    $"'{key}' must be a time of day in quotes, such as '09:00', not {other.KindName}"
                );
                return null;
        }
    }

    /// <summary>The predecessor took <c>9:5</c> too.</summary>
    private static TimeOnly? Parse(string text)
    {
        var parts = text.Trim().Split(':');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && hour < 24
            && minute < 60
            ? new TimeOnly(hour, minute)
            : null;
    }
}
