using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Tests.Commands;

public sealed class VerifyBesideServerTests
{
    [Fact]
    public async Task A_private_database_is_verified_while_its_server_runs_and_when_it_does_not()
    {
        using var data = new TempDirectory();
        CommandRun beside;
        await using (
            await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataPath = data.Path }, NullLogger.Instance, CancellationToken.None)
        )
        {
            var first = await CommandRun.Async("", data.Path, "verify");
            Assert.Equal((0, ""), (first.Code, first.Errors));
            beside = await CommandRun.Async("", data.Path, "verify", "--json");
        }

        var alone = await CommandRun.Async("", data.Path, "verify", "--deep");

        Assert.Equal((0, 0), (beside.Code, alone.Code));
        Assert.Contains("0 images and 0 objects checked, every byte: all is well.", alone.Output, StringComparison.Ordinal);
    }
}
