namespace AudioRelay.Streams.Sync.Client;

/// <summary>Why a recorder's answer was none. Decides whether it is tried again, and what a person is told to do.</summary>
public enum RecorderFault
{
    /// <summary>No connection, a broken one, or no answer in time.</summary>
    Unreachable = 1,

    /// <summary>401 or 403 for the token (or for the lack of one).</summary>
    TokenRefused = 2,

    /// <summary>Something answers, and it is not a recorder's sync API; the text says what was found.</summary>
    NotARecorder = 3,

    /// <summary>404: the show is not offered.</summary>
    NoSuchShow = 4,

    /// <summary>403 with the recipient's reason: the store is not a recorder's.</summary>
    Recipient = 5,

    /// <summary>A 5xx, or 429: it is there and cannot answer now.</summary>
    Unwell = 6,

    /// <summary>The bytes fail their checksum, or are not what the protocol says.</summary>
    BadAnswer = 7,

    /// <summary>The TLS certificate is not trusted, or expired.</summary>
    Certificate = 8,
}
