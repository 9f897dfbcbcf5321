using System.Globalization;
using System.Security.Cryptography;

namespace AudioRelay.Http.Security.Signing;

/// <summary>A key that signs cookies and links.</summary>
/// <param name="Id">Its name: when it was made (seconds since 1970, hexadecimal), and four digits by chance.</param>
/// <param name="Bytes">The key itself.</param>
internal sealed record SigningKey(string Id, byte[] Bytes)
{
    public const int Length = 32;
    private const int TimeDigits = 8;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Made =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(Id.AsSpan(0, TimeDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static SigningKey Create(DateTimeOffset now) =>
        new(
            $"{now.ToUnixTimeSeconds():x8}{RandomNumberGenerator.GetHexString(4, lowercase: true)}",
            RandomNumberGenerator.GetBytes(Length)
        );

    /// <summary>True for what <see cref="Create"/> would have named a key.</summary>
    public static bool IsId(string text) => text.Length == TimeDigits + 4 && text.All(char.IsAsciiHexDigitLower);

    /// <inheritdoc />
    public override string ToString() => $"the signing key {Id}";
}
