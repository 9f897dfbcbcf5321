using System.Text.RegularExpressions;

namespace AudioRelay.Http.Security.Redaction;

/// <summary>Takes secrets out of a text before anybody reads it: those it was told of, and what looks like one.</summary>
public sealed partial class Redactor
{
    private const string Mark = "(secret)";
    private const int Shortest = 4;

    private readonly Lock _gate = new();

    // Long ones first, so that one which contains another goes as a whole. Replaced as a whole, so that readers need no lock.
    private volatile string[] _secrets = [];

    /// <summary>A text that must not be seen from now on, such as a configured token. One under four characters is left: it is in every text.</summary>
    public void Learn(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < Shortest)
        {
            return;
        }

        lock (_gate)
        {
            _secrets =
            [
                .. _secrets
                    .Append(secret)
                    .Append(Uri.EscapeDataString(secret))
                    .Distinct(StringComparer.Ordinal)
                    .OrderByDescending(each => each.Length),
            ];
        }
    }

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
