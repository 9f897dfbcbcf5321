using System.Net.Sockets;
using System.Runtime.InteropServices;
using AudioRelay.Actors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Admin;

/// <summary>The admin routes on a Unix socket.</summary>
/// <remarks>The socket's folder is its owner's; on Linux each peer's user is asked of the kernel as well, because a mode can be changed by hand.</remarks>
public sealed class AdminServer : IAsyncDisposable
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    private readonly WebApplication _app;
    private readonly string _path;

    private AdminServer(WebApplication app, string path) => (_app, _path) = (app, path);

    /// <summary>Starts to answer.</summary>
    /// <param name="path">Where the socket is made; its folder is there and private.</param>
    /// <param name="system">The actors.</param>
    /// <param name="logs">Where its troubles go.</param>
    /// <exception cref="ListenException">The socket cannot be made.</exception>
    public static async Task<AdminServer> StartAsync(string path, ActorSystem system, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder(HostSettings.Apart);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(system);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(path, listen => listen.Use(next => context => IsOwner(context) ? next(context) : Refuse(context)))
        );
        var app = builder.Build();
        app.MapActors();
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or SocketException or ArgumentException)
        {
            await app.DisposeAsync();
            throw new ListenException($"Cannot make the control socket {path}: {error.Message}", error);
        }

        return new AdminServer(app, path);
    }

    /// <summary>Stops and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        File.Delete(_path);
    }

    private static bool IsOwner(ConnectionContext context)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            return false;
        }

        // struct ucred { pid_t pid; uid_t uid; gid_t gid; } of unix(7).
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        var user = MemoryMarshal.Read<uint>(credentials[4..]);
        return user == 0 || user == OwnUser();
    }

    private static Task Refuse(ConnectionContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The effective user, as the kernel tells it of this process.</summary>
    private static uint OwnUser()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("Uid:", StringComparison.Ordinal))
            {
                return uint.Parse(line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[2]);
            }
        }

        throw new InvalidOperationException("The kernel does not say whose process this is.");
    }
}
