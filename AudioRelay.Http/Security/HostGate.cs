using System.Net;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>
/// Refuses requests for a name that is not ours. A web page can make its own name point to this machine and then read us as if we were
/// it; what it cannot do is make the browser send another Host.
/// </summary>
/// <remarks>Addresses are always ours: they cannot be made to point elsewhere.</remarks>
internal sealed class HostGate(IReadOnlyList<string> allowed, string machineName)
{
    /// <summary>Why the request is refused; null when it is not.</summary>
    public string? Refusal(HttpRequest request)
    {
        var name = request.Host.Host.TrimEnd('.');
        return IsOurs(name) ? null : $"This server is not called '{name}'. If it is, add the name to allowed_hosts in its configuration.";
    }

    private bool IsOurs(string name) =>
        IPAddress.TryParse(name.Trim('[', ']'), out _)
        || Same(name, "localhost")
        || Same(name, machineName)
        || Same(name, machineName + ".local")
        || allowed.Any(each => Same(name, each));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
