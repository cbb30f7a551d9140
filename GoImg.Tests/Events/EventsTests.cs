using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using GoImg.Tests.Harness;
using GoImg.Tests.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Events;

public sealed class EventsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_follows_from_an_event_is_saved_with_it_and_reactions_come_after_the_commit()
    {
        var seen = new List<string>();
        await using var services = await ServicesAsync(services =>
            services
                .AddEventJob<MemberRegistered, Errand>(e => new Errand(e.MemberId.ToString()))
                .AddEventReaction<IMemberEvent>(
                    async (scope, e) =>
                    {
                        // a scope of its own sees only what is committed
                        await using var other = scope.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
                        var db = other.ServiceProvider.GetRequiredService<GoImgDbContext>();
                        seen.Add($"{await db.Members.CountAsync(Ct)} member, {await db.Set<JobRow>().CountAsync(Ct)} job");
                    }
                )
        );

        Assert.True((await AddAsync(services, "ana")).IsSuccess);

        Assert.Equal(["1 member, 1 job"], seen);
    }

    [Fact]
    public async Task Nothing_follows_from_what_was_not_saved()
    {
        var reactions = 0;
        await using var services = await ServicesAsync(services =>
            services
                .AddEventJob<MemberRegistered, Errand>(e => new Errand(e.MemberId.ToString()))
                .AddEventReaction<IMemberEvent>(
                    (_, _) =>
                    {
                        reactions++;
                        return Task.CompletedTask;
                    }
                )
        );
        Assert.True((await AddAsync(services, "ana")).IsSuccess);

        // the name is taken
        Assert.False((await AddAsync(services, "ana")).IsSuccess);

        await using var scope = services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Set<JobRow>().CountAsync(Ct));
        Assert.Equal(1, reactions);
    }

    [Fact]
    public async Task A_reaction_that_fails_does_not_undo_what_happened_nor_keep_off_the_next()
    {
        var reactions = 0;
        await using var services = await ServicesAsync(services =>
            services
                .AddEventReaction<MemberRegistered>((_, _) => throw new InvalidOperationException("out of order"))
                .AddEventReaction<MemberRegistered>(
                    (_, _) =>
                    {
                        reactions++;
                        return Task.CompletedTask;
                    }
                )
        );

        Assert.True((await AddAsync(services, "ana")).IsSuccess);

        Assert.Equal(1, reactions);
    }

    [Fact]
    public async Task An_event_that_is_delivered_twice_notifies_once()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ana, mia) = (await world.MemberAsync("ana"), await world.MemberAsync("mia", Role.Moderator));
        (await world.DecideAsync(mia, await world.ImageAsync(ana), DecisionAction.Remove)).Value();

        await world.DeliverEventsAsync();
        await world.DeliverEventsAsync();

        Assert.Single(await world.NotificationsAsync(ana));
    }

    [Fact]
    public async Task An_event_without_its_subscriber_is_done_with()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (name, version, data) = EventCatalog.OfCore.Write(new MemberRegistered(MemberId.New()));

        var outcome = await world.AskAsync(
            (IJobHandler<DeliverEventJob> handler) =>
                handler.HandleAsync(
                    new DeliverEventJob("gone.with_a_release", name, version, Guid.CreateVersion7(), world.Clock.GetUtcNow(), data),
                    new JobAttempt(1, 5),
                    Ct
                )
        );

        Assert.IsType<JobOutcome.Done>(outcome);
    }

    /// <summary>One seam: a service that called these by itself would be forgotten by the next.</summary>
    [Fact]
    public void No_service_publishes_live_updates_or_drops_cached_sessions_by_hand()
    {
        string[] seam = ["GoImg.Infrastructure/Images/ImagesRegistration.cs", "GoImg.Infrastructure/Images/ProcessingStages.cs"];
        string[] sessions = ["GoImg.Infrastructure/Accounts/AccountsRegistration.cs"];
        var calls =
            from project in new[] { "GoImg.Core", "GoImg.Infrastructure", "GoImg.Web" }
            from file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, project), "*.*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            let path = Path.GetRelativePath(RepositoryPaths.Root, file)
            where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            where
                (
                    text.Contains("new LiveUpdate(", StringComparison.Ordinal)
                    && !seam.Contains(path)
                    && !path.EndsWith("LiveUpdates.cs", StringComparison.Ordinal)
                ) || (text.Contains(".Forget()", StringComparison.Ordinal) && !sessions.Contains(path))
            select path;

        Assert.Empty(calls);
    }

    private static async Task<Result> AddAsync(ServiceProvider services, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var member = Member.Register(
            Username.Parse(name).Value(),
            EmailAddress.Parse($"{name}-{MemberId.New().Value:n}@example.org").Value(),
            Role.Member,
            TimeProvider.System.GetUtcNow()
        );
        scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Add(member);
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Ct);
    }

    private static async Task<ServiceProvider> ServicesAsync(Action<IServiceCollection> add)
    {
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(_ => connectionString);
        add(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed record Errand(string What) : IJob
    {
        public static string Kind => "test.errand";
    }
}
