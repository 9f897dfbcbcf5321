using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http;

/// <summary>Reads numbers and flags of a query; the first that cannot be read is kept as the reason to refuse.</summary>
/// <param name="query">The query.</param>
public sealed class QueryReader(IQueryCollection query)
{
    /// <summary>Why the query cannot be read; null while all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>A whole number; null when it is absent or cannot be read.</summary>
    public long? Number(string name)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (long.TryParse(values.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fault ??= $"'{name}' must be a whole number.";
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public long Required(string name) => There(name, Number(name));

    /// <summary>A time in ms since 1970, UTC; null when it is absent or no time.</summary>
    public long? TimeMs(string name) => Time(name, UtcTimes.MostMs, "ms");

    /// <summary>A time in µs since 1970, UTC; null when it is absent or no time.</summary>
    public long? TimeUs(string name) => Time(name, UtcTimes.MostUs, "µs");

    /// <summary>A time in ms since 1970, UTC, that must be there.</summary>
    public long RequiredMs(string name) => There(name, TimeMs(name));

    /// <summary>
    /// A time in ms since 1970, UTC, that may lie before: receivers of the predecessor ask from "now less the retention" on, which may be longer
    /// than that. Null when it is absent or no time.
    /// </summary>
    public long? SignedMs(string name) => Time(name, UtcTimes.MostMs, "ms", least: -UtcTimes.MostMs);

    /// <summary>The same that must be there.</summary>
    public long RequiredSignedMs(string name) => There(name, SignedMs(name));

    /// <summary>A flag: <c>true</c> or <c>1</c>, <c>false</c> or <c>0</c>; false when it is absent.</summary>
    public bool Flag(string name)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return false;
        }

        switch (values.ToString())
        {
            case "true" or "1" or "":
                return true;
            case "false" or "0":
                return false;
            default:
                Fault ??= $"'{name}' must be true or false.";
                return false;
        }
    }

    /// <summary>A text; null when it is absent.</summary>
    public string? Text(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;

    private long There(string name, long? value)
    {
        if (value is null)
        {
            Fault ??= $"'{name}' is missing.";
        }

        return value ?? 0;
    }

    private long? Time(string name, long most, string unit, long least = 0)
    {
        if (Number(name) is not { } time)
        {
            return null;
        }

        if (time >= least && time <= most)
        {
            return time;
        }

        Fault ??= UtcTimes.Fault(name, least, most, unit);
        return null;
    }
}
