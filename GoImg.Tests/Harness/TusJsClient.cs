using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace GoImg.Tests.Harness;

/// <summary>The public client tus-js-client, run by node in a process of its own (Uploads/Client). npm fetches it once into artifacts/, by its lock file.</summary>
public sealed class TusJsClient : IDisposable
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private readonly Process _node;
    private readonly Channel<ClientEvent> _events = Channel.CreateUnbounded<ClientEvent>();

    private TusJsClient(Process node)
    {
        _node = node;
        _node.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _events.Writer.TryComplete();
            else
                _events.Writer.TryWrite(ClientEvent.Read(line.Data));
        };
        _node.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();
    }

    /// <summary>Begins to upload; <paramref name="wanted"/> is what client.js takes.</summary>
    public static async Task<TusJsClient> StartAsync(object wanted)
    {
        var directory = await Installed.Value;
        var start = new ProcessStartInfo("node", [Path.Combine(directory, "client.js"), JsonSerializer.Serialize(wanted)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new TusJsClient(Process.Start(start)!);
    }

    /// <summary>Uploads and waits for the end.</summary>
    public static async Task<IReadOnlyList<ClientEvent>> RunAsync(object wanted)
    {
        using var client = await StartAsync(wanted);
        return await client.EndAsync();
    }

    /// <summary>Waits until the client says something that <paramref name="matches"/>; fails when it ends without.</summary>
    public async Task<ClientEvent> UntilAsync(Func<ClientEvent, bool> matches)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var told in _events.Reader.ReadAllAsync(deadline.Token))
        {
            if (matches(told))
                return told;
        }

        Assert.Fail("The client ended before it came to that.");
        throw new InvalidOperationException();
    }

    /// <summary>Everything it says from now to its end.</summary>
    public async Task<IReadOnlyList<ClientEvent>> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var told = new List<ClientEvent>();
        await foreach (var one in _events.Reader.ReadAllAsync(deadline.Token))
            told.Add(one);
        return told;
    }

    public void Dispose()
    {
        if (!_node.HasExited)
            _node.Kill();
        _node.Dispose();
    }

    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(RepositoryPaths.Root, "GoImg.Tests", "Uploads", "Client");
        var directory = Path.Combine(RepositoryPaths.Root, "artifacts", "tus-client");
        Directory.CreateDirectory(directory);
        var isThere =
            File.Exists(Path.Combine(directory, "node_modules", "tus-js-client", "package.json"))
            && await File.ReadAllTextAsync(Path.Combine(directory, "package-lock.json"))
                == await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
        if (isThere)
            return directory;

        var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("There is no npm. Install Node.js, or run ./test, which does.");
        var said = npm.StandardOutput.ReadToEndAsync();
        var errors = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? directory : throw new InvalidOperationException($"npm could not install tus-js-client: {await said} {errors}");
    }
}

/// <summary>A line of client.js.</summary>
public sealed record ClientEvent(string Event, string File, string? Url, string? Image, long Sent, int Status, string? Body)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    public static ClientEvent Read(string line) => JsonSerializer.Deserialize<ClientEvent>(line, Names)!;
}
