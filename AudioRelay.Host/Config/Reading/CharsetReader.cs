using System.Text;

namespace AudioRelay.Host.Config.Reading;

/// <summary>The key <c>title_charset</c>: what titles are that are not UTF-8.</summary>
internal static class CharsetReader
{
    public static Encoding? Read(TableReader table)
    {
        if (table.Text("title_charset") is not { } name)
        {
            return null;
        }
        var known = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? BuiltIn(name);
        if (known is null)
        {
            table.Diagnostics.Error(
                table.PositionOf("title_charset"),
                $"'title_charset' = '{name}' is not known; such as 'windows-1251', 'iso-8859-2', 'shift_jis' or 'koi8-r' are"
            );
        }
        return known;
    }

    private static Encoding? BuiltIn(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null; // reported by the caller, with its place
        }
    }
}
