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
    public long Required(string name)
    {
        var number = Number(name);
        if (number is null)
        {
            Fault ??= $"'{name}' is missing.";
        }

        return number ?? 0;
    }

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

    /// <summary>Milliseconds as microseconds, clamped so that any number a client may send stays a time.</summary>
    public static long ToUs(long ms) => Math.Clamp(ms, long.MinValue / 2000, long.MaxValue / 2000) * 1000;
}
