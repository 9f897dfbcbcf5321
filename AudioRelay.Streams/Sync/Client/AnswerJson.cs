using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Reads a JSON answer; whatever is not as the protocol says is a <see cref="RecorderFault.BadAnswer"/>.</summary>
internal static class AnswerJson
{
    /// <param name="answer">The answer.</param>
    /// <param name="at">Who gave it.</param>
    /// <param name="what">What was asked for.</param>
    /// <param name="read">Takes what it needs.</param>
    public static T Read<T>(RecorderAnswer answer, string at, string what, Func<JsonElement, T> read)
    {
        if (answer.Type?.MediaType is var type && type != "application/json")
        {
            throw Unexpected(at, what, type);
        }

        try
        {
            if (answer.Digest is { } digest && digest != AnswerSeal.Digest(answer.Bytes.Span))
            {
                throw new InvalidDataException("it is not what was sent: its SHA-256 differs");
            }

            using var json = JsonDocument.Parse(answer.Bytes);
            return read(json.RootElement);
        }
        catch (JsonException error)
        {
            throw new RecorderException(RecorderFault.BadAnswer, $"{at}: {what} is no JSON ({Where(error)}). Nothing of it is kept.");
        }
        // The readers of a JSON document tell a wrong kind, a missing member and a number that does not fit in three ways.
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            throw new RecorderException(
                RecorderFault.BadAnswer,
                $"{at}: {what} cannot be read ({error.Message}). Nothing of it is kept.",
                error
            );
        }
    }

    /// <summary>Demands of an answer that only our own recorder gives what all of ours do.</summary>
    public static void DemandDigest(RecorderAnswer answer)
    {
        if (answer.Digest is null)
        {
            throw new InvalidDataException($"it has no {AnswerSeal.DigestHeader}");
        }
    }

    /// <summary>Something came, and it is of another type.</summary>
    public static RecorderException Unexpected(string at, string what, string? type) =>
        type == "text/html"
            ? new RecorderException(
                RecorderFault.NotARecorder,
                $"{at} answers with a web page where {what} was asked for. Check the recorder's address: its port, its path, and whether a login page stands before it."
            )
            : new RecorderException(
                RecorderFault.NotARecorder,
                $"{at} answers with {Plain(type)} where {what} was asked for. Check the recorder's address: this is something else."
            );

    /// <summary>The place only: the message quotes what was sent, which may be long and hold anything.</summary>
    public static string Where(JsonException error) => $"line {error.LineNumber + 1}, byte {error.BytePositionInLine}";

    /// <summary>A text; numbers count as their text, as versions differ in that.</summary>
    public static string Text(this JsonElement of, string name)
    {
        var value = of.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number
            ? value.GetRawText()
            : value.GetString() ?? throw new InvalidDataException($"'{name}' is null");
    }

    /// <summary>
    /// A show's name. One that is no text (half of a surrogate pair, bytes that are no UTF-8) is taken as it is written, with its escapes: the
    /// recorder has no show of that name, which is told, and the others are not kept away by it.
    /// </summary>
    public static string Name(this JsonElement of, string name)
    {
        try
        {
            return of.Text(name);
        }
        catch (InvalidOperationException) when (of.GetProperty(name) is { ValueKind: JsonValueKind.String } written)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(written)).Trim('"');
        }
    }

    /// <summary>An integer.</summary>
    public static long Number(this JsonElement of, string name) => of.GetProperty(name).GetInt64();

    /// <summary>An integer; null when it is null or missing.</summary>
    public static long? NumberOrNull(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;

    private static string Plain(string? type) => type is null ? "bytes of no type" : string.Concat(type.Take(60));
}
