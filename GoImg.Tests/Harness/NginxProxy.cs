using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>nginx with the configuration of <c>deploy/nginx</c>, in front of nodes of this process.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private Process _process;

    private NginxProxy(Process process, TempDirectory directory, Uri address) => (_process, _directory, Address) = (process, directory, address);

    public Uri Address { get; }

    public static Task<NginxProxy> StartAsync(GoImgApp web1, GoImgApp web2) => StartAsync(web1.Address, web2.Address);

    public static async Task<NginxProxy> StartAsync(Uri web1, Uri web2)
    {
        var directory = new TempDirectory();
        var port = ServerProcess.FreePort();
        var site = (await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "deploy", "nginx", "goimg.conf")))
            .Replace("web1:8080", web1.Authority, StringComparison.Ordinal)
            .Replace("web2:8080", web2.Authority, StringComparison.Ordinal)
            .Replace("listen 8080", $"listen 127.0.0.1:{port}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "goimg.conf"), site);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "nginx.conf"), Around(directory.Path));
        var proxy = new NginxProxy(
            Start(directory.Path),
            directory,
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))
        );
        await proxy.WaitUntilItListensAsync();
        return proxy;
    }

    /// <summary>The node that answered last.</summary>
    public async Task<string> LastNodeAsync() => (await File.ReadAllLinesAsync(Path.Combine(_directory.Path, "nodes.log")))[^1].Split(' ')[^1];

    /// <summary>As <c>kill -9</c> of all its processes, and another over the same address.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await EndAsync();
        _process = Start(_directory.Path);
        await WaitUntilItListensAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _directory.Dispose();
    }

    private async Task EndAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string directory) =>
        Process.Start(
            new ProcessStartInfo(
                File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx",
                ["-p", directory, "-c", Path.Combine(directory, "nginx.conf")]
            )
        )!;

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
}
