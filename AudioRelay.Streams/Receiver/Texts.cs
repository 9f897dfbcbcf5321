using System.Globalization;
using System.Text.Json;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver;

/// <summary>How a receiver's actors tell people of times and states.</summary>
internal static class Texts
{
    /// <summary>A state as the API says it.</summary>
    public static string Of(ShowSyncState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>A moment of today or not, in UTC.</summary>
    public static string Clock(long utcUs) =>
        DateTimeOffset.UnixEpoch.AddMicroseconds(utcUs).ToString("MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A stretch of time, in the unit that fits.</summary>
    public static string Lasting(long us) =>
        us switch
        {
            < 120_000_000 => string.Create(CultureInfo.InvariantCulture, $"{us / 1e6:0.0} s"),
            < 7_200_000_000 => string.Create(CultureInfo.InvariantCulture, $"{us / 60e6:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{us / 3600e6:0.0} h"),
        };
}
