using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Benchmarks.Segments;

/// <summary>nginx with a folder of files and nothing else to do: no log, sendfile, open files remembered, connections kept.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Process _process;

    private NginxServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>CPU time of it and its workers.</summary>
    public TimeSpan Cpu => ProcessCpu.OfTree(_process.Id);

    /// <summary>Starts it; null when it is not installed.</summary>
    /// <param name="files">What it serves.</param>
    /// <param name="folder">For its own files.</param>
    public static async Task<NginxServer?> TryStart(string files, string folder)
    {
        var program = ((string[])["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"]).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var port = LoopbackPort.Free();
        var settings = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(settings, Settings(files, folder, port));
        var process = Process.Start(
            new ProcessStartInfo(program, ["-p", folder, "-c", settings, "-e", Path.Combine(folder, "error.log")])
            {
                UseShellExecute = false,
            }
        )!;
        await Answers(port);
        return new NginxServer(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        using var process = _process;
        using (var stop = Process.Start("/bin/kill", ["-QUIT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await stop.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
    }

    private static string Settings(string files, string folder, int port) =>
        $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              open_file_cache max=20000 inactive=600s;
              open_file_cache_valid 600s;
              types { audio/mp4 m4s; }
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}};
                root {{files}};
                add_header Cache-Control "private, max-age=31536000, immutable";
              }
            }
            """;

    private static async Task Answers(int port)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(began) < Limit)
            {
                // A program that says nowhere that it listens can only be asked.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
