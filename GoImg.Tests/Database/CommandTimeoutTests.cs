using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Jobs;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class CommandTimeoutTests
{
    [Fact]
    public async Task A_request_waits_for_seconds_and_a_job_for_minutes()
    {
        await using var gallery = await Gallery.OpenAsync();

        await using var request = gallery.Scopes.CreateAsyncScope();
        await using var job = gallery.Scopes.CreateAsyncScope();
        job.ServiceProvider.GetRequiredService<JobLease>().Hold(Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal((15, 300), (TimeoutOf(request), TimeoutOf(job)));
    }

    [Fact]
    public async Task A_statement_of_a_request_that_takes_too_long_is_ended_at_the_server_and_answered_as_overload()
    {
        await using var app = await GoImgApp.StartAsync("Database:CommandTimeout=00:00:01");
        await using var holder = new NpgsqlConnection(app.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var locks = new NpgsqlCommand("LOCK TABLE images IN ACCESS EXCLUSIVE MODE", holder))
            await locks.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var answer = await app.Anonymous.GetAsync("/explore", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await Eventually.GetAsync(
            () =>
                app.InScopeAsync<GoImgDbContext, int>(db =>
                    db.Database.SqlQuery<int>(
                            $"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        )
                        .SingleAsync()
                ),
            waiting => waiting == 0
        );
    }

    [Fact]
    public void A_statement_of_the_private_server_ends_though_its_asker_was_killed_and_one_of_a_migration_does_not()
    {
        var options = new DatabaseOptions();

        Assert.Contains("statement_timeout=10min", ConnectionSettings.OfPrivate("Host=db", options), StringComparison.Ordinal);
        Assert.DoesNotContain("statement_timeout", ConnectionSettings.OfAll("Host=db", options), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "10min",
            ConnectionSettings.OfServing(
                ConnectionSettings.OfPrivate("Host=db", options with { StatementTimeout = TimeSpan.FromSeconds(3) }),
                options
            ),
            StringComparison.Ordinal
        );
    }

    private static int? TimeoutOf(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Database.GetCommandTimeout();
}
