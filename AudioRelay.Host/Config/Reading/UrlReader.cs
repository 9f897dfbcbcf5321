namespace AudioRelay.Host.Config.Reading;

/// <summary>Addresses. They may carry a password, so a message never repeats one.</summary>
internal static class UrlReader
{
    private static readonly string[] Http = ["http", "https"];

    public static Uri? ReadHttp(TableReader table, string key, string meaning) =>
        Read(table, key, meaning, Http, "an address that begins with http:// or https://");

    public static Uri? Read(TableReader table, string key, string meaning, string[] schemes, string expected)
    {
        if (table.RequiredText(key, meaning) is not { } text)
        {
            return null;
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme) && url.Host.Length > 0)
        {
            return url;
        }
        table.Diagnostics.Error(table.PositionOf(key), $"'{key}' is not {expected}");
        return null;
    }
}
