using System.Diagnostics;
using System.Globalization;
using GoImg.Bench.GoImgItself;

namespace GoImg.Bench.Serve;

/// <summary>nginx with files of a directory and nothing to ask: as fast as bytes go out of this machine.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;

    private Nginx(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(string directory, string files)
    {
        var port = Server.FreePort();
        var configuration = Path.Combine(directory, "nginx.conf");
        // As it comes, but for the log and where it writes.
        await File.WriteAllTextAsync(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                daemon off;
                {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
                worker_processes {{Environment.ProcessorCount}};
                pid {{directory}}/nginx.pid;
                error_log stderr crit;
                events { worker_connections 1024; }
                http {
                  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
                  client_body_temp_path {{directory}}/t1; proxy_temp_path {{directory}}/t2; fastcgi_temp_path {{directory}}/t3; uwsgi_temp_path {{directory}}/t4; scgi_temp_path {{directory}}/t5;
                  types { image/webp webp; }
                  server { listen 127.0.0.1:{{port}}; root {{files}}; }
                }
                """
            )
        );
        var process = Process.Start(new ProcessStartInfo("nginx", ["-p", directory, "-c", configuration]))!;
        var nginx = new Nginx(process, new Uri($"http://127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = nginx.Address };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(10) && !process.HasExited; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/", UriKind.Relative));
                return nginx;
            }
            catch (HttpRequestException)
            {
                // not yet
            }
        }

        throw new InvalidOperationException("nginx did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
