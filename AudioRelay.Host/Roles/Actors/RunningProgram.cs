using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Http.Admin;

namespace AudioRelay.Host.Roles.Actors;

/// <summary>The admin routes of a running program, by its Unix socket or over TCP.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly HttpClient client;

    private RunningProgram(string name, HttpClient client) => (Name, this.client) = (name, client);

    /// <summary>What to call it: <c>record-1234</c>, or its address.</summary>
    public string Name { get; }

    public static RunningProgram AtSocket(string path) =>
        new(
            Path.GetFileNameWithoutExtension(path),
            new HttpClient(
                new SocketsHttpHandler
                {
                    ConnectCallback = async (_, stop) =>
                    {
                        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                        try
                        {
                            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                            return new NetworkStream(socket, ownsSocket: true);
                        }
                        catch
                        {
                            socket.Dispose();
                            throw;
                        }
                    },
                }
            )
            {
                BaseAddress = new Uri("http://localhost/"),
                Timeout = TimeSpan.FromSeconds(10),
            }
        );

    public static RunningProgram AtAddress(Uri address, Secret? token)
    {
        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        }
        return new(address.GetLeftPart(UriPartial.Authority), http);
    }

    public async Task<ActorAnswer> Tree(CancellationToken stop) =>
        await Get<ActorAnswer>("", null, stop) ?? throw new CliException($"{Name} has no actors to show");

    /// <summary>Null when it has no such actor.</summary>
    public Task<ActorAnswer?> Show(string path, CancellationToken stop) => Get<ActorAnswer>("/show", path, stop);

    /// <summary>Null when it has no such actor.</summary>
    public Task<IReadOnlyList<ActorLogAnswer>?> Log(string path, CancellationToken stop) =>
        Get<IReadOnlyList<ActorLogAnswer>>("/log", path, stop);

    /// <summary>False when it has no such actor.</summary>
    public async Task<bool> Steer(string verb, string path, CancellationToken stop)
    {
        using var response = await Send(HttpMethod.Post, $"/{verb}", path, stop);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    public void Dispose() => client.Dispose();

    private async Task<T?> Get<T>(string route, string? path, CancellationToken stop)
        where T : class
    {
        using var response = await Send(HttpMethod.Get, route, path, stop);
        try
        {
            return response.StatusCode == HttpStatusCode.NotFound && path is not null
                ? null
                : await response.Content.ReadFromJsonAsync<T>(AdminJson.Options, stop);
        }
        catch (JsonException unreadable)
        {
            throw new CliException($"{Name} answered something that is no list of actors", cause: unreadable);
        }
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string route, string? path, CancellationToken stop)
    {
        var query = path is null ? "" : $"?path={Uri.EscapeDataString(path)}";
        using var request = new HttpRequestMessage(method, $"api/admin/actors{route}{query}");
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, stop);
        }
        catch (HttpRequestException away)
        {
            throw new CliException($"{Name} does not answer: {away.Message}", cause: away);
        }
        catch (TaskCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new CliException($"{Name} did not answer within {client.Timeout.TotalSeconds:F0} s", cause: late);
        }
        if (response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.NotFound && path is not null))
        {
            return response;
        }
        using (response)
        {
            throw new CliException(
                response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? $"{Name} wants a token with the scope 'admin': --token-profile PROFILE"
                    : $"{Name} answered {(int)response.StatusCode}"
            );
        }
    }
}
