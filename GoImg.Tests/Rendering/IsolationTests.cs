using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Tests.Harness;

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
        Assert.All(environment.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(PATH|PWD|SHLVL|_|OLDPWD|VIPS_|MALLOC_|DOTNET_)", line));
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
        Assert.True(isolation == RenderIsolation.Namespaces || devices.Trim().StartsWith("lo:", StringComparison.Ordinal) && devices.Trim().Split('\n').Length == 1, devices);
        Assert.Empty(routes.Trim());
    }

    [Fact]
    public async Task The_sandbox_shows_no_settings_no_data_and_nothing_to_write()
    {
        await RequireAsync(RenderIsolation.Sandbox);
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["secret"], Samples.Canary, TestContext.Current.CancellationToken);
        var beside = AppContext.BaseDirectory.TrimEnd('/');

        var (_, seen) = await RunAsync(RenderIsolation.Sandbox, $"cat {directory["secret"]} /etc/passwd /etc/shadow /root/.bashrc {beside}/GoImg.Web.deps.json; ls /home /root /var {beside}; id -u");
        var (_, written) = await RunAsync(RenderIsolation.Sandbox, $"for d in /usr /etc {beside} / /proc/sys/kernel; do touch $d/goimg-was-here && echo $d; done");

        Assert.DoesNotContain(Samples.Canary, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("appsettings", seen, StringComparison.Ordinal);
        Assert.EndsWith("65534", seen.Trim(), StringComparison.Ordinal);
        // Only its own /tmp, which ends with it, takes anything; a clone below /tmp is seen through that.
        Assert.All(written.Split('\n', StringSplitOptions.RemoveEmptyEntries), place => Assert.StartsWith("/tmp/", place, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(beside, "goimg-was-here")));
    }

    [Fact]
    public async Task A_picture_that_needs_more_memory_than_allowed_fails_alone()
    {
        await using var renderer = new Renderer(new() { MemoryMiB = 256 });

        // lossless WebP decodes whole: 98 megapixels of 4 bytes
        var failed = await renderer.RenderAsync(Samples.WebP(16_383, 6_000));
        await using var next = (await renderer.RenderAsync(Samples.Jpeg())).Value();

        Assert.True(failed.Error is ImageFileErrors.RendererCrashed or ImageFileErrors.TookTooMuch or ImageFileErrors.NotDecodable, $"{failed.Error}");
    }

    [Fact]
    public async Task Idle_processes_end_when_nobody_holds_their_input()
    {
        var start = RenderLaunch.For(RenderIsolation.None, new RenderOptions());
        using var process = Process.Start(start)!;
        await process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);

        process.StandardInput.Close();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_process_in_the_middle_of_an_image_ends_with_its_parent_too()
    {
        // a second and more of work
        var file = Samples.WebP(16_000, 6_000);
        var request = RenderPlan.For(Inspection.Of(file).Value(), file.Length, new RenderOptions()).ToRequest(file.Length, new RenderOptions());
        using var process = Process.Start(RenderLaunch.For(RenderIsolation.None, new RenderOptions()))!;
        await RenderGreeting.ReadAsync(process.StandardOutput.BaseStream, TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. request.ToBytes(), .. file], TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);

        process.StandardInput.Close();

        var answer = await RenderingTests.AllAsync(process.StandardOutput.BaseStream).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Empty(answer);
    }

    [Fact]
    public async Task A_process_is_replaced_after_its_share_of_images()
    {
        await using var renderer = new Renderer(new() { ImagesPerWorker = 1, MaxWorkers = 1 });

        for (var i = 0; i < 3; i++)
            await (await renderer.RenderAsync(Samples.Jpeg())).Value().DisposeAsync();
    }

    private static async Task RequireAsync(RenderIsolation isolation)
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

    private static async Task<(int Code, string Output)> RunAsync(RenderIsolation isolation, string script)
    {
        using var process = Process.Start(RenderLaunch.Within(isolation, "/bin/sh", "-c", script))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
