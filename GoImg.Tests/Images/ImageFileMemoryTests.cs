using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Caching;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Images;

/// <summary>Who may see bytes is remembered, and no one sees any for it that they may not.</summary>
public sealed class ImageFileMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_request_after_every_change_of_visibility_is_answered_by_it()
    {
        await using var app = await GoImgApp.StartAsync("Storage:MemoryBytes=1000000");
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Public);

        for (var i = 0; i < 10; i++)
        {
            await ShowAsync(app, ana, image, Visibility.Private);
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, image));
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, image));
            await ShowAsync(app, ana, image, Visibility.Unlisted);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, image));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, image));
        }
    }

    [Fact]
    public async Task While_many_ask_all_the_time_whoever_asks_after_a_change_is_answered_by_it()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Public);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var crowd = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(async () =>
                {
                    while (!enough.IsCancellationRequested)
                        await AskAsync(app, image);
                })
            )
            .ToList();

        for (var i = 0; i < 25; i++)
        {
            await ShowAsync(app, ana, image, Visibility.Private);
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, image));
            await ShowAsync(app, ana, image, Visibility.Public);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, image));
        }

        await enough.CancelAsync();
        await Task.WhenAll(crowd);
    }

    [Fact]
    public async Task A_moderator_hides_a_member_trashes_and_deletes_and_the_next_request_finds_nothing()
    {
        await using var app = await GoImgApp.StartAsync("Storage:MemoryBytes=1000000");
        var (ana, bea) = (await app.SignUpAsync("ana"), await app.SignUpAsync("bea"));
        var (trashed, banned) = (await ana.HasImageAsync(Visibility.Public, 1), await bea.HasImageAsync(Visibility.Public, 2));
        foreach (var image in new[] { trashed, trashed, banned, banned })
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, image));

        await app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(ana.Actor, trashed.Id, Stop));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, trashed));
        await BanAsync(app, bea);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, banned));
    }

    [Fact]
    public async Task Another_node_hears_of_a_change_and_of_a_ban()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var other = await app.BesideAsync();
        var ana = await app.SignUpAsync("ana");
        var (hidden, banned) = (await ana.HasImageAsync(Visibility.Public, 1), await ana.HasImageAsync(Visibility.Public, 2));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(other, hidden), await AskAsync(other, banned)));

        await ShowAsync(app, ana, hidden, Visibility.Private);
        await Eventually.TrueAsync(async () => await AskAsync(other, hidden) == HttpStatusCode.NotFound, TimeSpan.FromSeconds(3));
        await BanAsync(app, ana);
        await Eventually.TrueAsync(async () => await AskAsync(other, banned) == HttpStatusCode.NotFound, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task However_many_ask_at_once_the_database_is_asked_once_and_then_not_for_two_seconds()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var image = await gallery.ImageAsync(ana);
        var (files, counter) = (gallery.Services.GetRequiredService<IImageFiles>(), gallery.Services.GetRequiredService<QueryCounter>());
        var before = counter.Count;

        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => files.FindAsync(Actor.Visitor(null), image.Slug, Stop).AsTask()));
        Assert.All(found, Assert.NotNull);
        gallery.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.NotNull(await files.FindAsync(ana, image.Slug, Stop));
        Assert.Equal(1, counter.Count - before);

        gallery.Clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.NotNull(await files.FindAsync(ana, image.Slug, Stop));
        Assert.Equal(2, counter.Count - before);
    }

    [Fact]
    public async Task A_question_that_is_under_way_at_a_change_is_not_joined_by_who_asks_after_it()
    {
        await using var gallery = await Gallery.OpenAsync();
        var image = await gallery.ImageAsync(await gallery.MemberAsync("ana"));
        var (files, counter) = (gallery.Services.GetRequiredService<IImageFiles>(), gallery.Services.GetRequiredService<QueryCounter>());
        await using var holder = new NpgsqlConnection(gallery.ConnectionString);
        await holder.OpenAsync(Stop);
        await using var transaction = await holder.BeginTransactionAsync(Stop);
        await using (var locks = new NpgsqlCommand("LOCK TABLE images IN ACCESS EXCLUSIVE MODE", holder))
            await locks.ExecuteNonQueryAsync(Stop);
        var before = counter.Count;

        var first = files.FindAsync(Actor.Visitor(null), image.Slug, Stop).AsTask();
        var joins = files.FindAsync(Actor.Visitor(null), image.Slug, Stop).AsTask();
        files.Forget(image.Id);
        var after = files.FindAsync(Actor.Visitor(null), image.Slug, Stop).AsTask();
        await Eventually.TrueAsync(() => Task.FromResult(counter.Count - before == 2));
        await transaction.RollbackAsync(Stop);

        Assert.All(await Task.WhenAll(first, joins, after), Assert.NotNull);
        Assert.Equal(2, counter.Count - before);
    }

    [Fact]
    public void A_change_strikes_what_was_asked_before_it_and_nothing_that_was_asked_after()
    {
        var changes = new NumberedChanges();
        var (one, other) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        var before = changes.Last;
        changes.Note(one);
        var after = changes.Last;

        Assert.Equal((false, true, true), (changes.NoneSince(before, one), changes.NoneSince(after, one), changes.NoneSince(before, other)));
        changes.NoteAll();
        Assert.Equal((false, false), (changes.NoneSince(after, one), changes.NoneSince(after, other)));
    }

    private static async Task ShowAsync(GoImgApp app, MemberClient owner, Image image, Visibility visibility) =>
        Assert.True(
            (
                await app.InScopeAsync<IServiceProvider, Result>(async services =>
                {
                    var own = (await services.GetRequiredService<IImages>().FindAsync(image.Id, Stop))!;
                    Assert.True(own.OwnerId == owner.Id && own.Show(visibility).IsSuccess);
                    return await services.GetRequiredService<IUnitOfWork>().CommitAsync(Stop);
                })
            ).IsSuccess
        );

    private static Task<Result> BanAsync(GoImgApp app, MemberClient member) =>
        app.InScopeAsync<IServiceProvider, Result>(async services =>
        {
            (await services.GetRequiredService<IMembers>().FindAsync(member.Id, Stop))!.Ban();
            return await services.GetRequiredService<IUnitOfWork>().CommitAsync(Stop);
        });

    private static async Task<HttpStatusCode> AskAsync(GoImgApp app, Image image)
    {
        using var answer = await app.Anonymous.GetAsync($"/i/{image.Slug}/thumb", CancellationToken.None);
        return answer.StatusCode;
    }
}
