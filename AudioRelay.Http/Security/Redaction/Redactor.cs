using System.Text.RegularExpressions;

namespace AudioRelay.Http.Security.Redaction;

/// <summary>Takes secrets out of a text before anybody reads it: those that are known, and what looks like one.</summary>
/// <param name="secrets">Texts that must never be seen, such as configured tokens. Those under four characters are left: they are in every text.</param>
public sealed partial class Redactor(IEnumerable<string> secrets)
{
    private const string Mark = "(secret)";
    private const int Shortest = 4;

    // Long ones first, so that one which contains another goes as a whole.
    private readonly string[] _secrets =
    [
        .. secrets
            .Where(secret => secret.Length >= Shortest)
            .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret) })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length),
    ];

    /// <summary>The text without them.</summary>
    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        text = Link().Replace(text, "/t/" + Mark);
        text = UserInfo().Replace(text, "://" + Mark + "@");
        text = Parameter().Replace(text, "${what}=" + Mark);
        return Credentials().Replace(text, "${what} " + Mark);
    }

    /// <summary>A link's token in a path.</summary>
    [GeneratedRegex("/t/[^/\\s\"'?]{20,}")]
    private static partial Regex Link();

    /// <summary>User and password in an address.</summary>
    [GeneratedRegex(@"://[^/\s""'@?#]+@")]
    private static partial Regex UserInfo();

    /// <summary>Parameters of an address that are secrets by their names.</summary>
    [GeneratedRegex(
        @"\b(?<what>(?:access_?|auth_?)?token|api_?key|key|pass(?:word)?|pwd|secret|sig(?:nature)?|auth)=[^&\s""';,]+",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Parameter();

    /// <summary>What stands in an <c>Authorization</c>.</summary>
    [GeneratedRegex(@"\b(?<what>Bearer|Basic) [^\s""',]{6,}", RegexOptions.ExplicitCapture)]
    private static partial Regex Credentials();
}
