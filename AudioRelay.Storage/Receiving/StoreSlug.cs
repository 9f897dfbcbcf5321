using System.Security.Cryptography;
using System.Text;

namespace AudioRelay.Storage.Receiving;

/// <summary>A show's name as part of a file's or database's name: foreign names may hold anything, stores must not.</summary>
public static class StoreSlug
{
    private const int MostKept = 24;

    /// <summary>
    /// The name itself when it is 1–40 of <c>A–Z a–z 0–9 . _ -</c> and begins with a letter or digit, as every recorder's names do; else what
    /// of it can be kept, a dash, and eight hex digits of the name's SHA-256, so that two names never share a store. (Names that differ only
    /// in case do not occur: a receiver's names are unique ignoring case.)
    /// </summary>
    public static string Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length <= 40 && name.All(Keeps) && char.IsAsciiLetterOrDigit(name[0]))
        {
            return name;
        }

        var kept = string.Concat(name.Where(Keeps)).TrimStart('.', '_', '-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
        return kept.Length == 0 ? "show-" + hash : kept[..Math.Min(kept.Length, MostKept)] + "-" + hash;
    }

    private static bool Keeps(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
