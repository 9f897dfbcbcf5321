using System.Text;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>Which connection a show needs; shows with the same key share one.</summary>
/// <param name="Address">The stream's address.</param>
/// <param name="TrustClock">Its Date header is taken for the true time.</param>
public sealed record StationKey(Uri Address, bool TrustClock = false)
{
    /// <summary>A name for the tree of actors: readable, and different for different stations.</summary>
    public string ActorName
    {
        get
        {
            var readable = new StringBuilder();
            foreach (var c in $"{Address.Authority}{Address.AbsolutePath}")
            {
                readable.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' ? c : '_');
            }

            // Query strings and user names can be secrets, so they only take part in the hash.
            var hash = Fnv($"{Address.OriginalString} {TrustClock}");
            return $"{(readable.Length > 60 ? readable.ToString(0, 60) : readable.ToString())}~{hash:x8}";
        }
    }

    private static uint Fnv(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }
}
