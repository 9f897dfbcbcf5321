using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioRelay.Host.Config.Toml;

/// <summary>Whole numbers and floats, from a word that ends at a blank, comma, bracket or comment.</summary>
internal static partial class TomlNumberParser
{
    public static TomlValue? TryParse(string word, TomlPosition position)
    {
        switch (word)
        {
            case "inf" or "+inf":
                return new TomlFloat(position, double.PositiveInfinity);
            case "-inf":
                return new TomlFloat(position, double.NegativeInfinity);
            case "nan" or "+nan" or "-nan":
                return new TomlFloat(position, double.NaN);
        }
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        if (Decimal().IsMatch(word))
        {
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? new TomlInteger(position, number)
                : throw TooBig(position);
        }
        if (Prefixed().IsMatch(word))
        {
            return new TomlInteger(position, Convert(digits, position));
        }
        if (Float().IsMatch(word))
        {
            return new TomlFloat(position, double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
        return null;
    }

    private static long Convert(string digits, TomlPosition position)
    {
        var bits = digits[1] switch
        {
            'x' => 4,
            'o' => 3,
            _ => 1,
        };
        var value = 0L;
        foreach (var digit in digits.AsSpan(2))
        {
            if (value > long.MaxValue >> bits)
            {
                throw TooBig(position);
            }
            value = (value << bits) | (long)System.Convert.ToInt32(digit.ToString(), 16);
        }
        return value;
    }

    private static TomlException TooBig(TomlPosition position) => new(position, "this number does not fit in 64 bits");

    [GeneratedRegex(@"^[+-]?(0|[1-9](_?[0-9])*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"^(0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Prefixed();

    [GeneratedRegex(
        @"^[+-]?(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Float();
}
