using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AudioRelay.Http.Security.Signing;

/// <summary>Signs what others carry for us (cookies, links) and knows it again. The newest key signs, the older ones still open.</summary>
/// <remarks>
/// A new key is made every 90 days and an old one forgotten 40 days after that, when nothing that it signed is valid any more. Removing
/// the key files and restarting makes everything that was ever signed worthless: that is what to do after a break-in.
/// </remarks>
internal sealed class SigningKeys
{
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan OpensFor = SignsFor + TimeSpan.FromDays(40);
    private const int MacLength = 24;

    private readonly Lock _gate = new();
    private readonly KeyFolder? _folder;
    private readonly TimeProvider _time;
    private List<SigningKey> _keys;

    /// <param name="folder">Where the keys are kept; null: nowhere, and what was signed ends with the process.</param>
    /// <param name="time">The clock.</param>
    public SigningKeys(KeyFolder? folder, TimeProvider time) => (_folder, _time, _keys) = (folder, time, folder?.Load() ?? []);

    /// <summary>A text that only we can make: key, payload, proof. Fit for addresses and cookies.</summary>
    /// <param name="purpose">What it is for; text signed for another purpose does not open.</param>
    /// <param name="payload">What it says, readable by anybody.</param>
    public string Sign(string purpose, ReadOnlySpan<byte> payload)
    {
        var key = Current();
        return $"{key.Id}.{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(Mac(key, purpose, payload))}";
    }

    /// <summary>What a text says that we signed for this purpose; null for any other text.</summary>
    public byte[]? Open(string purpose, string text)
    {
        if (
            text.Split('.') is not [var id, var said, var proof]
            || Find(id) is not { } key
            || !Base64Url.IsValid(said)
            || !Base64Url.IsValid(proof)
        )
        {
            return null;
        }

        var payload = Base64Url.DecodeFromChars(said);
        return CryptographicOperations.FixedTimeEquals(Mac(key, purpose, payload), Base64Url.DecodeFromChars(proof)) ? payload : null;
    }

    private SigningKey? Find(string id)
    {
        lock (_gate)
        {
            return _keys.Find(key => key.Id == id && _time.GetUtcNow() - key.Made < OpensFor);
        }
    }

    private SigningKey Current()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var newest = _keys.MaxBy(key => key.Made);
            if (newest is not null && now - newest.Made < SignsFor)
            {
                return newest;
            }

            var made = SigningKey.Create(now);
            _folder?.Save(made);
            foreach (var old in _keys.Where(key => now - key.Made >= OpensFor))
            {
                _folder?.Remove(old);
            }

            _keys = [.. _keys.Where(key => now - key.Made < OpensFor), made];
            return made;
        }
    }

    private static byte[] Mac(SigningKey key, string purpose, ReadOnlySpan<byte> payload)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes);
        hmac.AppendData(Encoding.UTF8.GetBytes(purpose + "\0" + key.Id + "\0"));
        hmac.AppendData(payload);
        return hmac.GetHashAndReset()[..MacLength];
    }
}
