using GoImg.Infrastructure.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class ConnectionSettingsTests
{
    [Theory]
    [InlineData("Host=db", 50, true)]
    [InlineData("Host=db;Max Auto Prepare=0;No Reset On Close=false", 0, false)]
    public async Task Plans_are_kept_and_sessions_are_not_reset_unless_the_connection_string_says_otherwise(
        string configured,
        int plans,
        bool noReset
    )
    {
        await using var services = new ServiceCollection().AddDatabase(_ => configured).BuildServiceProvider();

        var settings = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal((plans, noReset), (settings.MaxAutoPrepare, settings.NoResetOnClose));
    }
}
