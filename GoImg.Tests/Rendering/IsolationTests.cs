using System.Diagnostics;
using System.Globalization;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Health;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Tests.Rendering;

/// <summary>What a process in a render process' place can reach.</summary>
public sealed class IsolationTests
{
    [Theory]
    [InlineData("none", RenderIsolation.None)]
    [InlineData("unshare", RenderIsolation.Namespaces)]
    [InlineData("bwrap", RenderIsolation.Sandbox)]
    public async Task Rendering_works_in_every_mode_and_says_which(string setting, RenderIsolation isolation)
    {
        await RequireAsync(isolation);
        await using var renderer = new Renderer(new() { Isolation = setting });

        await using var image = (await renderer.RenderAsync(Samples.Jpeg(400, 300))).Value();
        var status = await renderer.Pool.DescribeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isolation, status.Isolation);
        Assert.Equal(
            status.MaxProcesses == 0,
            WithoutLimit(await new RendererCheck(renderer.Pool).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken))
        );
        Assert.True(isolation != RenderIsolation.None || status.MaxProcesses == 0);
        Assert.NotEmpty(status.LibraryVersion);
        Assert.Contains(ImageFormat.Jpeg, status.Formats);
    }

    [Theory]
    [InlineData(RenderIsolation.None)]
    [InlineData(RenderIsolation.Namespaces)]
    [InlineData(RenderIsolation.Sandbox)]
    public async Task The_environment_holds_nothing_of_ours(RenderIsolation isolation)
    {
        await RequireAsync(isolation);
        Environment.SetEnvironmentVariable("GOIMG_TEST_SECRET", Samples.Canary);

        var (_, environment) = await RunAsync(isolation, "env");

        Assert.DoesNotContain(Samples.Canary, environment, StringComparison.Ordinal);
        Assert.All(
            environment.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^(PATH|PWD|SHLVL|_|OLDPWD|VIPS_|MALLOC_|DOTNET_)", line)
        );
    }

    [Theory]
    [InlineData(RenderIsolation.Namespaces)]
    [InlineData(RenderIsolation.Sandbox)]
    public async Task There_is_no_network_but_an_idle_loopback(RenderIsolation isolation)
    {
        await RequireAsync(isolation);

        var (_, devices) = await RunAsync(isolation, "cat /proc/net/dev | tail -n +3");
        var (_, routes) = await RunAsync(isolation, "cat /proc/net/route | tail -n +2");

        // /proc shows the network of whoever reads it
        Assert.True(
            isolation == RenderIsolation.Namespaces
                || devices.Trim().StartsWith("lo:", StringComparison.Ordinal) && devices.Trim().Split('\n').Length == 1,
            devices
        );
        Assert.Empty(routes.Trim());
    }

    [Fact]
    public async Task The_sandbox_shows_no_settings_no_data_and_nothing_to_write()
    {
        await RequireAsync(RenderIsolation.Sandbox);
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["secret"], Samples.Canary, TestContext.Current.CancellationToken);
        var beside = RepositoryPaths.Program.TrimEnd('/');

        var (_, seen) = await RunAsync(
            RenderIsolation.Sandbox,
            $"cat {directory["secret"]} /etc/passwd /etc/shadow /root/.bashrc {beside}/GoImg.Web.deps.json; ls /home /root /var {beside}; id -u"
        );
        var (_, written) = await RunAsync(
            RenderIsolation.Sandbox,
            $"for d in /usr /etc {beside} / /proc/sys/kernel; do touch $d/goimg-was-here && echo $d; done"
        );

        Assert.DoesNotContain(Samples.Canary, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("appsettings", seen, StringComparison.Ordinal);
        Assert.EndsWith("65534", seen.Trim(), StringComparison.Ordinal);
        // Only its own /tmp, which ends with it, takes anything; a clone below /tmp is seen through that.
        Assert.All(written.Split('\n', StringSplitOptions.RemoveEmptyEntries), place => Assert.StartsWith("/tmp/", place, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(beside, "goimg-was-here")));
    }

    [Theory]
    [InlineData(RenderIsolation.Namespaces)]
    [InlineData(RenderIsolation.Sandbox)]
    public async Task Who_starts_processes_without_end_is_stopped_at_the_limit(RenderIsolation isolation)
    {
        var sandbox = await RequireLimitAsync(isolation);

        var (code, started) = await RunAsync(sandbox, "n=0; while [ $n -lt 1000 ]; do sleep 60 & n=$((n+1)); echo $n; done");

        var count = int.Parse(started.TrimEnd().Split('\n')[^1], CultureInfo.InvariantCulture);
        Assert.NotEqual(0, code);
        Assert.InRange(count, sandbox.MaxProcesses / 2, sandbox.MaxProcesses);
    }

    [Theory]
    [InlineData(RenderIsolation.Namespaces)]
    [InlineData(RenderIsolation.Sandbox)]
    public async Task Threads_count_as_processes_do(RenderIsolation isolation)
    {
        var sandbox = await RequireLimitAsync(isolation);

        // the runtime starts threads before it does anything
        Assert.NotEqual(0, await EndCodeAsync(RenderLaunch.For(sandbox with { MaxProcesses = 3 }, new RenderOptions(), DecoderKind.Bundled)));
        Assert.Equal(0, await EndCodeAsync(RenderLaunch.For(sandbox, new RenderOptions(), DecoderKind.Bundled)));
    }

    [Theory]
    [InlineData(RenderIsolation.Namespaces)]
    [InlineData(RenderIsolation.Sandbox)]
    public async Task What_root_starts_has_no_rights_of_root_outside_its_sandbox_either(RenderIsolation isolation)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "not run as root");
        var sandbox = await RequireLimitAsync(isolation);
        using var process = Process.Start(RenderLaunch.Within(sandbox, "sleep", "60"))!;

        // real, effective, saved and for files
        await Eventually.TrueAsync(async () =>
            (await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken)).Contains(
                "Uid:\t65534\t65534\t65534\t65534\n",
                StringComparison.Ordinal
            )
        );

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_renderer_that_starts_processes_without_end_costs_its_own_image()
    {
        var sandbox = await RequireLimitAsync(RenderIsolation.Namespaces);
        using var worker = new FakeWorker("head -c 40 >/dev/null; while :; do sleep 60 & done");
        var start = RenderLaunch.Within(sandbox, [.. worker.Options.WorkerCommand]);
        await using var sick = new Renderer(worker.Options with { WorkerCommand = [start.FileName, .. start.ArgumentList], TimeLimitSeconds = 20 });
        await using var other = new Renderer(new() { Isolation = "unshare" });

        var failing = sick.RenderAsync(Samples.Jpeg(300, 200));
        await using var meanwhile = (await other.RenderAsync(Samples.Jpeg(300, 200))).Value();
        var failed = await failing;
        worker.Cure();
        await using var next = (await sick.RenderAsync(Samples.Jpeg(300, 200))).Value();

        Assert.IsType<ImageFileErrors.RendererCrashed>(failed.Error);
    }

    [Fact]
    public async Task A_picture_that_needs_more_memory_than_allowed_fails_alone()
    {
        await using var renderer = new Renderer(new() { MemoryMiB = 256 });

        // lossless WebP decodes whole: 98 megapixels of 4 bytes
        var failed = await renderer.RenderAsync(Samples.WebP(16_383, 6_000));
        await using var next = (await renderer.RenderAsync(Samples.Jpeg())).Value();

        Assert.True(
            failed.Error is ImageFileErrors.RendererCrashed or ImageFileErrors.TookTooMuch or ImageFileErrors.NotDecodable,
            $"{failed.Error}"
        );
    }

    [Fact]
    public async Task Idle_processes_end_when_nobody_holds_their_input()
    {
        var start = RenderLaunch.For(SandboxProfile.None, new RenderOptions(), DecoderKind.Bundled);
        using var process = Process.Start(start)!;
        await process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);

        process.StandardInput.Close();

        await process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_process_in_the_middle_of_an_image_ends_with_its_parent_too()
    {
        // a second and more of work
        var file = Samples.WebP(16_000, 6_000);
        var request = RenderPlan.For(Inspection.Of(file).Value(), file.Length, new RenderOptions()).ToRequest(file.Length, new RenderOptions());
        using var process = Process.Start(RenderLaunch.For(SandboxProfile.None, new RenderOptions(), DecoderKind.Bundled))!;
        await WorkerHandshake.ReadAsync(process.StandardOutput.BaseStream, TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. request.ToBytes(), .. file], TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);

        process.StandardInput.Close();

        var answer = await RenderingTests
            .AllAsync(process.StandardOutput.BaseStream)
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Empty(answer);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    public async Task A_process_is_replaced_after_its_share_of_images(int share, int processes)
    {
        using var directory = new TempDirectory();
        var real = RenderLaunch.For(SandboxProfile.None, new RenderOptions(), DecoderKind.Bundled);
        var start = $"echo started >>{directory["starts"]}; exec {string.Join(' ', real.ArgumentList)}";
        await using var renderer = new Renderer(new() { ImagesPerWorker = share, WorkerCommand = ["/bin/sh", "-c", start] });

        for (var i = 0; i < 4; i++)
            await (await renderer.RenderAsync(Samples.Jpeg())).Value().DisposeAsync();

        Assert.Equal(processes, File.ReadLines(directory["starts"]).Count());
    }

    private static bool WithoutLimit(HealthCheckResult report) =>
        ((string)report.Data[HealthResponses.Detail]).Contains(
            "A render process can start as many processes and threads as this account",
            StringComparison.Ordinal
        );

    internal static async Task RequireAsync(RenderIsolation isolation)
    {
        if (isolation == RenderIsolation.None)
            return;

        try
        {
            Assert.SkipUnless((await RunAsync(isolation, "true")).Code == 0, $"{isolation} does not work on this machine");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("setsid is not installed");
        }
    }

    /// <summary>The surroundings a server started here would choose, if they can limit processes at all.</summary>
    private static async Task<SandboxProfile> RequireLimitAsync(RenderIsolation isolation)
    {
        await RequireAsync(isolation);
        var sandbox = SandboxProfile.For(isolation).First();
        Assert.SkipUnless(
            sandbox.MaxProcesses > 0 && await EndCodeAsync(RenderLaunch.Probe(sandbox)) == 0,
            $"{isolation} can't limit processes on this machine"
        );
        return sandbox;
    }

    private static async Task<int> EndCodeAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private static Task<(int Code, string Output)> RunAsync(RenderIsolation isolation, string script) =>
        RunAsync(new SandboxProfile(isolation), script);

    private static async Task<(int Code, string Output)> RunAsync(SandboxProfile sandbox, string script)
    {
        using var process = Process.Start(RenderLaunch.Within(sandbox, "/bin/sh", "-c", script))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
