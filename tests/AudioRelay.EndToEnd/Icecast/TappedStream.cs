using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AudioRelay.EndToEnd.Icecast;

/// <summary>What a station's answer held, taken apart without any code of the product: the sound as it reached the recorder.</summary>
internal static partial class TappedStream
{
    public static byte[] Sound(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        var head = Encoding.Latin1.GetString(answer[..end]);
        var body = answer[(end + 4)..];
        var every = int.Parse(MetaInterval().Match(head).Groups["every"].Value, CultureInfo.InvariantCulture);
        var sound = new List<byte>(body.Length);
        while (body.Length > every)
        {
            sound.AddRange(body[..every]);
            body = body[Math.Min(every + 1 + (body[every] * 16), body.Length)..];
        }

        sound.AddRange(body);
        return [.. sound];
    }

    [GeneratedRegex("icy-metaint: *(?<every>[0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex MetaInterval();
}
