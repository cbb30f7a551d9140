using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>nginx with the configuration of <c>deploy/nginx</c>, in front of nodes of this process.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TempDirectory _directory;

    private NginxProxy(Process process, TempDirectory directory, Uri address) => (_process, _directory, Address) = (process, directory, address);

    public Uri Address { get; }

    public static async Task<NginxProxy> StartAsync(GoImgApp web1, GoImgApp web2)
    {
        var directory = new TempDirectory();
        var port = FreePort();
        var site = (await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "deploy", "nginx", "goimg.conf")))
            .Replace("web1:8080", web1.Address.Authority, StringComparison.Ordinal)
            .Replace("web2:8080", web2.Address.Authority, StringComparison.Ordinal)
            .Replace("listen 8080", $"listen 127.0.0.1:{port}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "goimg.conf"), site);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "nginx.conf"), Around(directory.Path));
        var nginx = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var process = Process.Start(new ProcessStartInfo(nginx, ["-p", directory.Path, "-c", Path.Combine(directory.Path, "nginx.conf")]))!;
        var proxy = new NginxProxy(process, directory, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        await proxy.WaitUntilItListensAsync();
        return proxy;
    }

    /// <summary>The node that answered last.</summary>
    public async Task<string> LastNodeAsync() => (await File.ReadAllLinesAsync(Path.Combine(_directory.Path, "nodes.log")))[^1].Split(' ')[^1];

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    // What the container of nginx has around it.
    private static string Around(string directory) =>
        $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            pid {{directory}}/nginx.pid;
            error_log {{directory}}/error.log;
            events { }
            http {
              log_format nodes "$request_method $uri $upstream_addr";
              access_log {{directory}}/nodes.log nodes;
              client_body_temp_path {{directory}}/t1; proxy_temp_path {{directory}}/t2; fastcgi_temp_path {{directory}}/t3; uwsgi_temp_path {{directory}}/t4; scgi_temp_path {{directory}}/t5;
              include {{directory}}/goimg.conf;
            }
            """;

    private async Task WaitUntilItListensAsync()
    {
        while (!_process.HasExited)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        throw new InvalidOperationException($"nginx ended with {_process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
