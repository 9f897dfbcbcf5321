using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http;

/// <summary><c>openapi.json</c>: the contract, as it is checked in (docs/openapi.json); a test holds it against the routes.</summary>
internal static class ContractEndpoint
{
    private static readonly Lazy<byte[]> Document = new(Load);

    public static IResult Get()
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(Document.Value).AsSpan(0, 12));
        return TypedResults.Bytes(Document.Value, "application/json", entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static byte[] Load()
    {
        using var stream =
            typeof(ContractEndpoint).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The contract is not part of this build.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
