using System.Text.Json;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>What a status other than 200 means, and what to do.</summary>
internal sealed class RecorderRefusal(string at, string? token)
{
    private const int MostQuoted = 200;
    private const int MostRead = 8 * 1024;

    /// <summary>What the answer gives as its reason: <c>error</c> of its JSON. Empty when it gives none.</summary>
    public static async Task<string> ReasonAsync(HttpResponseMessage response, StallWatch watch)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not ("application/json" or "application/problem+json"))
        {
            return "";
        }

        var bytes = new byte[MostRead];
        await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, watch.Token);
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
            return json.RootElement.TryGetProperty("error", out var error) ? error.GetString() ?? "" : "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ""; // it has only the status to say, then
        }
    }

    public RecorderException Of(HttpResponseMessage response, string reason)
    {
        var status = (int)response.StatusCode;
        var quoted = Quoted(reason);
        return status switch
        {
            >= 300 and < 400 => new(RecorderFault.NotARecorder, Redirected(response)),
            401 when token is null => new(
                RecorderFault.TokenRefused,
                $"{at} wants a token (401). Give it the recorder's sync token: remote_token_profile in the configuration, or token_profile of its [[remotes]]."
            ),
            401 => new(
                RecorderFault.TokenRefused,
                $"{at} does not know the token (401). Compare the token of remote_token_profile, or of token_profile of its [[remotes]], with the recorder's."
            ),
            403 when reason.Contains("recipient", StringComparison.OrdinalIgnoreCase) => new(
                RecorderFault.Recipient,
                $"{at} does not offer this show: its store is itself filled by sync{quoted}. Pull it from the recorder that records it."
            ),
            403 => new(RecorderFault.TokenRefused, $"{at} refuses (403){quoted}. The token needs the scope 'sync-read' at the recorder."),
            404 => new(RecorderFault.NoSuchShow, $"{at} does not offer that (404){quoted}."),
            429 => new(RecorderFault.Unwell, $"{at} is asked too often (429){quoted}. It is tried again later."),
            >= 500 => new(RecorderFault.Unwell, $"{at} cannot answer now ({status}){quoted}. It is tried again; its log says more."),
            _ => new(RecorderFault.BadAnswer, $"{at} answers {status}{quoted}. Are both of versions that fit together?"),
        };
    }

    private string Redirected(HttpResponseMessage response)
    {
        var to = response.Headers.Location is { } location
            ? RecorderFailure.Shown(new Uri(response.RequestMessage!.RequestUri!, location))
            : "nowhere";
        return $"{at} redirects to {to}, and redirects are not followed: the token is for one recorder. Set the recorder's own address.";
    }

    /// <summary>What others say is quoted in one line, not too long, and never our own token.</summary>
    private string Quoted(string reason)
    {
        var said = token is null ? reason : reason.Replace(token, "***", StringComparison.Ordinal);
        said = string.Concat(said.Where(c => !char.IsControl(c)).Take(MostQuoted));
        return said.Length == 0 ? "" : $": {said.TrimEnd('.')}";
    }
}
