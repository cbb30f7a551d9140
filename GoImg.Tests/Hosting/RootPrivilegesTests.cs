using System.Globalization;
using GoImg.Infrastructure.Privileges;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

public sealed class RootPrivilegesTests
{
    [Fact]
    public void An_account_is_found_by_its_name_and_root_by_another_name_is_none()
    {
        string[] lines = ["root:x:0:0:root:/root:/bin/bash", "toor:x:0:0::/:/bin/sh", "broken", "goimg:x:995:994::/:/usr/sbin/nologin"];

        Assert.Equal(new UnprivilegedAccount("goimg", 995, 994), UnprivilegedAccount.Parse(lines, "goimg"));
        Assert.Null(UnprivilegedAccount.Parse(lines, "root"));
        Assert.Null(UnprivilegedAccount.Parse(lines, "toor"));
        Assert.Null(UnprivilegedAccount.Parse(lines, "broken"));
    }

    [Fact]
    public async Task A_server_that_root_starts_goes_on_as_the_account_and_with_no_capability()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && UnprivilegedAccount.Find("nobody") is not null, "Only root can become somebody else.");
        var nobody = UnprivilegedAccount.Find("nobody")!;
        // Below a directory that anyone may go through, with a private database: everything is the account's.
        var home = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"goimg-root-{Guid.CreateVersion7():n}"));
        try
        {
            var scratch = home.CreateSubdirectory("scratch");
            scratch.UnixFileMode |= UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
            using var server = new ServerProcess(
                "",
                Path.Combine(home.FullName, "data"),
                "Node:RunAs=nobody",
                $"Rendering:ScratchPath={scratch.FullName}"
            );

            await server.StartAsync();

            var status = await File.ReadAllLinesAsync($"/proc/{server.Id}/status", TestContext.Current.CancellationToken);
            var ids = string.Join('\t', Enumerable.Repeat(nobody.UserId.ToString(CultureInfo.InvariantCulture), 4));
            Assert.Contains($"Uid:\t{ids}", status);
            Assert.Contains("CapEff:\t0000000000000000", status);
            Assert.Contains("CapPrm:\t0000000000000000", status);
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{server.Id}/task"))
                Assert.Contains($"Uid:\t{ids}", await File.ReadAllLinesAsync($"{thread}/status", TestContext.Current.CancellationToken));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_account_that_the_data_do_not_belong_to_is_refused_in_words()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can become somebody else.");
        using var data = new TempDirectory();

        var refused = await Assert.ThrowsAsync<GoImg.Infrastructure.Configuration.BadSettingException>(() =>
            GoImg.Web.Hosting.GoImgHost.CreateAsync([$"--Data:Path={data.Path}", "--Node:RunAs=nobody", "--contentRoot", RepositoryPaths.Web])
        );

        Assert.Contains($"chown -R nobody {data.Path}", refused.Message, StringComparison.Ordinal);
    }
}
