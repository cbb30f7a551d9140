using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;
using GoImg.Tests.Moderation;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Releases;

/// <summary>What a release left is read by today's program. Migrations are added and never changed: only so is this true of all of them.</summary>
public sealed class UpgradeTests
{
    public static TheoryData<string> Versions => [.. Release.All.Select(release => release.Version)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_released_gallery_is_whole_after_the_upgrade_and_goes_on(string version)
    {
        using var data = new TempDirectory();
        Of(version).RestoreObjects(data.Path);
        await using var app = await GoImgApp.OverAsync(await Of(version).RestoreDatabaseAsync(), data.Path);

        var waiting = await FindAsync(app, "A test");
        Assert.Equal(ImageState.Active, (await app.WaitForImageAsync(waiting.Id)).State);
        // Images of another recipe are rendered anew meanwhile, and what they had goes after that.
        await Eventually.GetAsync(() => app.VerifyAsync(isDeep: true, TimeSpan.Zero), findings => !findings.Any(), TimeSpan.FromSeconds(60));
        foreach (var name in ReleaseWorld.Members.Except(["cleo", "dora"]))
        {
            var member = await app.SignInAsync(name);
            using var library = await member.GetAsync("/library");
            Assert.Equal(HttpStatusCode.OK, library.StatusCode);
        }

        var harbour = await FindAsync(app, "harbour");
        Assert.Contains("Great light!", await app.Anonymous.GetStringAsync($"/i/{harbour.Slug}", Ct), StringComparison.Ordinal);
        Assert.NotEmpty(await app.Anonymous.GetByteArrayAsync($"/i/{harbour.Slug}/large", Ct));
    }

    [Fact]
    public async Task What_moderators_of_0_1_decided_is_shown_and_can_be_undone_exactly()
    {
        using var data = new TempDirectory();
        Of("0.1.0").RestoreObjects(data.Path);
        await using var app = await GoImgApp.OverAsync(await Of("0.1.0").RestoreDatabaseAsync(), data.Path);
        var ada = new Actor((await FindMemberAsync(app, "ada")).Id, Role.Admin, "127.0.0.1");
        var decisions = (await app.InScopeAsync((IModerationQueries q) => q.DecisionsAsync(ada, null, null, 50, Ct))).Value().Items;
        var queue = (await app.InScopeAsync((IModerationQueries q) => q.QueueAsync(ada, 1, 50, Ct))).Value();

        Assert.Equal(7, decisions.Count);
        Assert.Equal(["held", "marked", "reported"], queue.Items.Select(i => ((ImagePreview)i.Preview!).Image.Tile.Title).Order());
        Assert.All(queue.Items, item => Assert.Equal("ben", item.Owner!.Username));
        foreach (var decision in decisions.Where(d => d.UndoneAt is null))
            (await app.InScopeAsync((UndoDecision s) => s.UndoAsync(ada, decision.Id, Ct))).Error.IsNull();

        foreach (var title in new[] { "held", "removed", "warned", "harbour", "marked" })
            Assert.Equal(new ImageModerationState(ImageState.Active, null, ContentRating.Safe, null), (await FindAsync(app, title)).ModerationState);
        foreach (var name in new[] { "cleo", "dora" })
            Assert.Equal(new MemberModerationState(MemberStatus.Active, null), (await FindMemberAsync(app, name)).ModerationState);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_migrated_release_has_the_schema_of_a_new_database(string version)
    {
        var released = await Of(version).RestoreDatabaseAsync();
        await new Migrator(released).UpAsync(Ct);

        Assert.Equal(await Release.ComparableSchemaAsync(await PostgresFixture.NewDatabaseAsync()), await Release.ComparableSchemaAsync(released));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_migrations_of_a_release_still_make_the_schema_it_had(string version)
    {
        string[] released;
        await using (var db = Open(await Of(version).RestoreDatabaseAsync()))
            released = [.. await db.Database.GetAppliedMigrationsAsync(Ct)];
        var made = await PostgresFixture.NewEmptyDatabaseAsync();
        await using (var db = Open(made))
            await db.Database.MigrateAsync(released[^1], Ct);

        Assert.Equal(await Release.ComparableSchemaAsync(await Of(version).RestoreSchemaAsync()), await Release.ComparableSchemaAsync(made));
    }

    [Fact]
    public async Task The_newest_migration_goes_down_and_up_again_over_data()
    {
        var database = await Release.All[^1].RestoreDatabaseAsync();
        var migrator = new Migrator(database);
        await migrator.UpAsync(Ct);
        var before = await Release.ComparableSchemaAsync(database);

        Assert.NotNull(await migrator.DownAsync(Ct));
        Assert.NotEqual(before, await Release.ComparableSchemaAsync(database));
        await migrator.UpAsync(Ct);

        Assert.Equal(before, await Release.ComparableSchemaAsync(database));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_operation_of_a_released_API_is_still_there(string version)
    {
        await using var app = await GoImgApp.StartAsync();
        var today = Operations(await app.Anonymous.GetStringAsync("/openapi/v1.json", Ct));

        Assert.Empty(Operations(await File.ReadAllTextAsync(Of(version).OpenApiFile, Ct)).Except(today));
    }

    private static Release Of(string version) => Release.All.Single(release => release.Version == version);

    private static GoImgDbContext Open(string connectionString) =>
        new(new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(connectionString).Options);

    private static Task<Image> FindAsync(GoImgApp app, string title) =>
        app.InScopeAsync<GoImgDbContext, Image>(db => db.Images.AsNoTracking().SingleAsync(image => image.Title == title, Ct));

    private static Task<Member> FindMemberAsync(GoImgApp app, string name) =>
        app.InScopeAsync<GoImgDbContext, Member>(db => db.Members.AsNoTracking().SingleAsync(member => member.UsernameKey == name, Ct));

    private static IEnumerable<string> Operations(string document) =>
        from path in JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "put" or "post" or "delete" or "options" or "head" or "patch"
        select $"{operation.Name} {path.Name}";
}
