using System.Net;
using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Reading;

/// <summary>The keys that say where a role answers and whom.</summary>
internal static class ListenReader
{
    public static ListenConfig Read(TableReader top, string portKey, int defaultPort, HostEnvironment environment)
    {
        var plain = new ListenConfig { Port = top.Number(portKey, 0, 65535, "ports") ?? defaultPort };
        var addresses = top.Texts("listen").SelectMany(text => Address(text, portKey, top.Diagnostics)).ToList();
        var listen = plain with
        {
            Addresses = addresses.Count > 0 ? addresses : plain.Addresses,
            TokenProfiles = [.. top.Texts("token_profile").Select(text => text.Value)],
            AllowAnonymous = top.Flag("allow_anonymous") ?? false,
            AllowedHosts = [.. top.Texts("allowed_hosts").SelectMany(text => HostName(text, top.Diagnostics))],
            TrustedProxies = [.. top.Texts("trusted_proxies").SelectMany(text => Network(text, top.Diagnostics))],
            TlsCertificate = PemFile(top, "tls_cert", environment),
            TlsKey = PemFile(top, "tls_key", environment),
        };
        if (top.Has("tls_cert") != top.Has("tls_key"))
        {
            var present = top.Has("tls_cert") ? "tls_cert" : "tls_key";
            top.Diagnostics.Error(
                top.PositionOf(present),
                "'tls_cert' and 'tls_key' go together: the certificate chain and its private key, both PEM"
            );
        }
        if (listen is { OnlyLoopback: false, AllowAnonymous: false, TokenProfiles.Count: 0 })
        {
            top.Diagnostics.Error(
                top.PositionOf("listen"),
                "'listen' opens this to other machines, so it needs 'token_profile' (a token from the environment or credentials.toml); "
                    + "if really everybody may listen and sync, say allow_anonymous = true"
            );
        }
        return listen;
    }

    private static IEnumerable<IPAddress> Address(TomlString text, string portKey, Diagnostics diagnostics)
    {
        switch (text.Value)
        {
            case "localhost":
                return [IPAddress.Loopback, IPAddress.IPv6Loopback];
            case "*":
                return [IPAddress.IPv6Any];
        }
        var bare = text.Value.StartsWith('[') && text.Value.EndsWith(']') ? text.Value[1..^1] : text.Value;
        // The framework reads "1" as 0.0.0.1 and "host:80" as nothing: four numbers or a colon is what people mean by an address.
        if (IPAddress.TryParse(bare, out var address) && (bare.Contains(':') || bare.Count(c => c == '.') == 3))
        {
            return [address];
        }
        diagnostics.Error(
            text.Position,
            $"'listen' = '{text.Value}' is no address of this machine: '127.0.0.1', '::1', 'localhost', '0.0.0.0' or '*' for all (the port is '{portKey}')"
        );
        return [];
    }

    private static IEnumerable<string> HostName(TomlString text, Diagnostics diagnostics)
    {
        if (Uri.CheckHostName(text.Value) != UriHostNameType.Unknown)
        {
            return [text.Value];
        }
        diagnostics.Error(text.Position, $"'allowed_hosts' has '{text.Value}', which is no host name (no scheme, no port, no path)");
        return [];
    }

    private static IEnumerable<IPNetwork> Network(TomlString text, Diagnostics diagnostics)
    {
        if (IPNetwork.TryParse(text.Value, out var network))
        {
            return [network];
        }
        if (IPAddress.TryParse(text.Value, out var single))
        {
            return [new IPNetwork(single, single.GetAddressBytes().Length * 8)];
        }
        diagnostics.Error(
            text.Position,
            $"'trusted_proxies' has '{text.Value}', which is neither an address nor a network such as '10.0.0.0/8'"
        );
        return [];
    }

    private static string? PemFile(TableReader top, string key, HostEnvironment environment)
    {
        if (top.Text(key) is not { } path)
        {
            return null;
        }
        var full = environment.FullPath(path);
        if (!File.Exists(full))
        {
            top.Diagnostics.Error(top.PositionOf(key), $"'{key}': there is no file {full}");
        }
        return full;
    }
}
