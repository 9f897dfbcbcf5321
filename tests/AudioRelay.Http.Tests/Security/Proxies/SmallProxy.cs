using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AudioRelay.Http.Tests.Security.Proxies;

/// <summary>
/// A reverse proxy as people have one in front: TLS ends there (it says, unless it is plain), and it shows the server below a path.
/// </summary>
public sealed class SmallProxy : IAsyncDisposable
{
    public const string Host = "radio.example.org";

    private readonly WebApplication _app;
    private readonly HttpClient _inner;

    private SmallProxy(WebApplication app, HttpClient inner) => (_app, _inner) = (app, inner);

    public Uri Address => new(_app.Urls.First());

    /// <param name="server">What it shows.</param>
    /// <param name="prefix">Below which path.</param>
    /// <param name="style">What it does with that path.</param>
    /// <param name="plain">It tells the host and the scheme that it was really asked by, as a browser in the test has to see them.</param>
    public static async Task<SmallProxy> Start(Uri server, string prefix, PrefixStyle style, bool plain = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var inner = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        app.Run(context => Forward(context, inner, server, prefix, style, plain));
        await app.StartAsync();
        return new SmallProxy(app, inner);
    }

    /// <summary>A browser in front of it, with cookies.</summary>
    public HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _inner.Dispose();
    }

    private static async Task Forward(HttpContext context, HttpClient inner, Uri server, string prefix, PrefixStyle style, bool plain)
    {
        if (!context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var path = style == PrefixStyle.ToldAndLeft ? context.Request.Path : rest;
        var target = new Uri(UriHelper.BuildAbsolute("http", new HostString(server.Authority), "", path, context.Request.QueryString));
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (context.Request.ContentType is not null)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        foreach (var name in new[] { "Cookie", "Origin", "Authorization", "Accept", "Range", "Sec-Fetch-Site", "User-Agent" })
        {
            if (context.Request.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        var host = plain ? context.Request.Host.Value! : Host;
        request.Headers.Host = host;
        request.Headers.Add(
            "X-Forwarded-For",
            context.Request.Headers["X-Test-From"] is { Count: > 0 } from ? from.ToString() : "203.0.113.1"
        );
        request.Headers.Add("X-Forwarded-Proto", plain ? "http" : "https");
        request.Headers.Add("X-Forwarded-Host", host);
        if (style != PrefixStyle.TakenOffInSilence)
        {
            request.Headers.Add("X-Forwarded-Prefix", prefix);
        }

        using var answer = await inner.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
