using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;

[assembly: AssemblyFixture(typeof(SwiftServer))]

namespace GoImg.Tests.Harness;

/// <summary>OpenStack Swift with its S3 interface, which checks signatures: four servers and a memcached for the whole run, started by the first test that asks.
/// It reads a secret below /etc/swift that only root can write, and tests that need it are skipped for anyone else.</summary>
public sealed class SwiftServer : IAsyncDisposable
{
    private const string Secret = "/etc/swift/swift.conf";
    private static readonly string[] Kinds = ["account", "container", "object", "proxy"];

    private static readonly Lazy<Task<Running>> Started = new(Running.StartAsync);
    private static int _places;

    /// <summary>A place of its own in the one bucket, with the rights to do everything there.</summary>
    internal static async Task<S3Options> NewPlaceAsync()
    {
        Assert.SkipUnless(Array.TrueForAll(Kinds, kind => File.Exists(ProgramOf(kind))), "OpenStack Swift is not installed.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "OpenStack Swift runs here as root alone: it reads a secret below /etc/swift.");
        var server = await Started.Value;
        return server.Options(string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _places)}/"));
    }

    public async ValueTask DisposeAsync()
    {
        // One that did not start cleared up behind itself.
        if (Started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Started.Value).DisposeAsync();
    }

    private static string ProgramOf(string kind) => $"/usr/bin/swift-{kind}-server";

    private sealed class Running : IAsyncDisposable
    {
        private const string Bucket = "pictures";

        private readonly TempDirectory _directory = new();
        private readonly List<Process> _processes = [];
        private readonly int _memory = ServerProcess.FreePort();
        private readonly Dictionary<string, int> _ports = Kinds.ToDictionary(kind => kind, _ => ServerProcess.FreePort(), StringComparer.Ordinal);

        public S3Options Options(string prefix) =>
            new()
            {
                Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports["proxy"]}")),
                Timeout = TimeSpan.FromMinutes(2),
                Bucket = Bucket,
                Prefix = prefix,
                AccessKey = "goimg:ci",
                SecretKey = "cisecret",
            };

        public static async Task<Running> StartAsync()
        {
            var server = new Running();
            try
            {
                await server.ConfigureAsync();
                server.Launch(
                    "/usr/bin/memcached",
                    "-u",
                    "nobody",
                    "-l",
                    "127.0.0.1",
                    "-p",
                    server._memory.ToString(CultureInfo.InvariantCulture),
                    "-U",
                    "0"
                );
                foreach (var kind in Kinds.Except(["proxy"]))
                    server.Launch(ProgramOf(kind), server._directory[$"{kind}.conf"]);
                // The proxy asks no more, for a minute, whom it could not reach.
                foreach (var kind in Kinds.Except(["proxy"]))
                    await server.WaitForAsync(server._ports[kind]);
                server.Launch(ProgramOf("proxy"), server._directory["proxy.conf"]);
                await server.WaitForAsync(server._ports["proxy"]);
                await server.MakeBucketAsync();
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in _processes)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                process.Dispose();
            }

            _directory.Dispose();
        }

        private async Task ConfigureAsync()
        {
            // A secret that is there already does as well, and may be that of somebody's real server.
            Directory.CreateDirectory(Path.GetDirectoryName(Secret)!);
            if (!File.Exists(Secret) || !(await File.ReadAllTextAsync(Secret)).Contains("swift_hash_path_suffix", StringComparison.Ordinal))
                await File.WriteAllTextAsync(Secret, "[swift-hash]\nswift_hash_path_suffix = goimg\n");
            Directory.CreateDirectory(_directory["disks/d1"]);
            foreach (var kind in Kinds)
                await File.WriteAllTextAsync(_directory[$"{kind}.conf"], Common(kind) + (kind == "proxy" ? Proxy : Storage(kind)));
            await MakeRingsAsync();
        }

        private string Common(string kind) =>
            $"""
                [DEFAULT]
                bind_ip = 127.0.0.1
                bind_port = {_ports[kind]}
                swift_dir = {_directory.Path}
                devices = {_directory["disks"]}
                mount_check = false
                disable_fallocate = true
                workers = 0
                user = root
                log_level = WARNING
                conn_timeout = 60
                node_timeout = 60
                container_update_timeout = 60

                """;

        private static string Storage(string kind) =>
            $"""
                [pipeline:main]
                pipeline = {kind}-server
                [app:{kind}-server]
                use = egg:swift#{kind}
                """;

        private string Proxy =>
            $"""
                [pipeline:main]
                pipeline = catch_errors gatekeeper listing_formats cache bulk s3api tempauth slo dlo versioned_writes proxy-server
                [app:proxy-server]
                use = egg:swift#proxy
                account_autocreate = true
                conn_timeout = 60
                node_timeout = 60
                recoverable_node_timeout = 60
                error_suppression_limit = 1000000
                [filter:catch_errors]
                use = egg:swift#catch_errors
                [filter:gatekeeper]
                use = egg:swift#gatekeeper
                [filter:listing_formats]
                use = egg:swift#listing_formats
                [filter:cache]
                use = egg:swift#memcache
                memcache_servers = 127.0.0.1:{_memory}
                [filter:bulk]
                use = egg:swift#bulk
                [filter:s3api]
                use = egg:swift#s3api
                location = us-east-1
                dns_compliant_bucket_names = true
                allow_multipart_uploads = true
                s3_acl = false
                [filter:tempauth]
                use = egg:swift#tempauth
                user_goimg_ci = cisecret .admin
                [filter:slo]
                use = egg:swift#slo
                [filter:dlo]
                use = egg:swift#dlo
                [filter:versioned_writes]
                use = egg:swift#versioned_writes
                allow_versioned_writes = true
                """;

        // In one process: the command for it takes half a second a step.
        private async Task MakeRingsAsync()
        {
            const string Script = """
                import sys
                from swift.common.ring import RingBuilder
                for kind, port in zip(sys.argv[1::2], sys.argv[2::2]):
                    builder = RingBuilder(4, 1, 0)
                    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'd1', 'weight': 1.0,
                                     'replication_ip': '127.0.0.1', 'replication_port': int(port), 'meta': ''})
                    builder.rebalance()
                    builder.get_ring().save(kind + '.ring.gz')
                """;
            var rings = Kinds.Where(kind => kind != "proxy").SelectMany(kind => new[] { kind, _ports[kind].ToString(CultureInfo.InvariantCulture) });
            var process = Launch("/usr/bin/python3", ["-c", Script, .. rings]);
            await process.WaitForExitAsync(CancellationToken.None);
            Assert.Equal(0, process.ExitCode);
        }

        private async Task MakeBucketAsync()
        {
            using var client = S3Client.Create(Options(""));
            await client.PutBucketAsync(Bucket);
        }

        // As long as it takes: a machine may be busy with everything else.
        private Task WaitForAsync(int port) =>
            Eventually.TrueAsync(
                async () =>
                {
                    Assert.DoesNotContain(_processes, process => process.HasExited && process.ExitCode != 0);
                    using var socket = new TcpClient();
                    try
                    {
                        await socket.ConnectAsync(IPAddress.Loopback, port);
                        return true;
                    }
                    catch (SocketException)
                    {
                        return false;
                    }
                },
                TimeSpan.FromMinutes(3)
            );

        private Process Launch(string program, params string[] arguments)
        {
            var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = _directory.Path,
                }
            )!;
            _processes.Add(process);
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, line) => Trace.WriteLine(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
    }
}
