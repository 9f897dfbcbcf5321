using System.Globalization;

namespace AudioRelay.Media.Tests.Containers;

/// <summary>Bytes that were right once.</summary>
internal static class Mutations
{
    /// <summary>How many a test tries; the nightly run raises it.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("AUDIORELAY_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 10_000;

    /// <summary>Flips, cuts, repeats or replaces some of the bytes.</summary>
    public static byte[] Of(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at > 0:
                    bytes = bytes[..at];
                    break;
                default:
                    var copy = bytes[at..Math.Min(bytes.Length, at + random.Next(20))];
                    bytes = [.. bytes[..at], .. copy, .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }
}
