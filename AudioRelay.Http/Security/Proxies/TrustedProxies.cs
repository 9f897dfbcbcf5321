using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace AudioRelay.Http.Security.Proxies;

/// <summary>What a trusted proxy says of who asked it, and how, is taken for the request's own; from anybody else it is refused.</summary>
internal static class TrustedProxies
{
    public static void Use(IApplicationBuilder app, IReadOnlyList<IPNetwork> trusted)
    {
        var gate = new ForwardingGate(trusted);
        app.Use(next =>
            context =>
                gate.Refusal(context) is { } reason
                    ? Problems.Of(StatusCodes.Status400BadRequest, reason).ExecuteAsync(context)
                    : next(context)
        );
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null, // as far as the chain is trusted
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
        app.Use(next =>
            context =>
            {
                ForwardedPrefix.Apply(context.Request);
                return next(context);
            }
        );
    }
}
