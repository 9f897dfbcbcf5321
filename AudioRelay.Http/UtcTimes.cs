namespace AudioRelay.Http;

/// <summary>The times that a client may name: from 1970 to the end of the year 9999. Beyond, sums of them would not be numbers any more.</summary>
internal static class UtcTimes
{
    /// <summary>The last, UTC µs.</summary>
    public const long MostUs = 253_402_300_799_999_999;

    /// <summary>The last, UTC ms.</summary>
    public const long MostMs = MostUs / 1000;

    /// <summary>Why a number is no such time.</summary>
    public static string Fault(string name, long least, long most, string unit) =>
        $"'{name}' must be a time between {least} and {most}: {unit} since 1970-01-01 00:00 UTC.";

    /// <summary>Why a time in µs is none; null when it is one, or absent.</summary>
    public static string? FaultUs(string name, long? us) => us is < 0 or > MostUs ? Fault(name, 0, MostUs, "µs") : null;
}
