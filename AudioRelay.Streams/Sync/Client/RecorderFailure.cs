using System.Net.Sockets;
using System.Security.Authentication;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>What went wrong between us and a recorder, in words that say what to do.</summary>
internal static class RecorderFailure
{
    /// <summary>An address as it may be shown: without user info and query.</summary>
    public static string Shown(Uri url) =>
        url.IsAbsoluteUri
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : "a relative address";

    /// <summary>Why no answer came, or not all of it.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="at">The address asked.</param>
    /// <param name="stalledAfter">Set when it was silent for so long.</param>
    /// <param name="certificate">What was found wrong with its certificate.</param>
    public static RecorderException Of(Exception error, string at, TimeSpan? stalledAfter, string? certificate)
    {
        if (Inner<RecorderException>(error) is { } said)
        {
            return new RecorderException(said.Fault, said.Message, error);
        }

        if (stalledAfter is { } limit)
        {
            return new RecorderException(
                RecorderFault.Unreachable,
                $"{at} stalled: nothing came for {limit.TotalSeconds:0} s. It is tried again.",
                error
            );
        }

        if (Inner<AuthenticationException>(error) is not null)
        {
            return certificate is null
                ? new RecorderException(RecorderFault.NotARecorder, $"{at} does not speak TLS as it should. Is it an http address?", error)
                : new RecorderException(RecorderFault.Certificate, $"{at}: {certificate}", error);
        }

        return Inner<SocketException>(error) is { } socket ? OfSocket(socket.SocketErrorCode, at, error) : OfHttp(error, at);
    }

    private static RecorderException OfSocket(SocketError code, string at, Exception error)
    {
        var text = code switch
        {
            SocketError.HostNotFound or SocketError.NoData =>
                $"There is no host of the name in {at}. Check the recorder's address, and the DNS.",
            SocketError.TryAgain => $"The name in {at} cannot be looked up now: the DNS does not answer.",
            SocketError.ConnectionRefused =>
                $"Nothing listens at {at} (connection refused). Is the recorder running, and is the port right?",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable =>
                $"There is no way to {at} from here ({code}). Check the address and the network.",
            _ => $"The connection to {at} broke ({code}). It is tried again.",
        };
        return new RecorderException(RecorderFault.Unreachable, text, error);
    }

    private static RecorderException OfHttp(Exception error, string at) =>
        Kind(error) switch
        {
            HttpRequestError.InvalidResponse => new RecorderException(
                RecorderFault.NotARecorder,
                $"What answers at {at} does not speak HTTP. Check the address and the port; an https recorder needs an https address.",
                error
            ),
            HttpRequestError.ConfigurationLimitExceeded => new RecorderException(
                RecorderFault.NotARecorder,
                $"What answers at {at} sends headers that are too long for a recorder. Check the address.",
                error
            ),
            _ => new RecorderException(
                RecorderFault.Unreachable,
                $"The connection to {at} ended before the answer did. It is tried again.",
                error
            ),
        };

    private static HttpRequestError Kind(Exception error) =>
        (error as HttpRequestException)?.HttpRequestError ?? Inner<HttpIOException>(error)?.HttpRequestError ?? HttpRequestError.Unknown;

    private static T? Inner<T>(Exception error)
        where T : Exception
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            if (at is T found)
            {
                return found;
            }
        }

        return null;
    }
}
