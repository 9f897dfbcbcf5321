namespace AudioRelay.Storage;

/// <summary>Between the microseconds we count in and the milliseconds that the predecessor's columns and JSON speak.</summary>
public static class Times
{
    /// <summary>Microseconds to milliseconds, rounded down.</summary>
    public static long ToMs(long us) => us >= 0 ? us / 1000 : -((999 - us) / 1000);

    /// <summary>Milliseconds to microseconds.</summary>
    public static long ToUs(long ms) => ms * 1000;
}
