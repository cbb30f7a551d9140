using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed class ImageServiceTests
{
    [Fact]
    public async Task A_stale_edit_is_refused_and_overwrites_nothing()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, id) = await OneImageAsync(app);
        var seen = (await app.FindImageAsync(id))!.Version;

        var first = await EditAsync(app, ana.Actor, id, "First", seen);
        var second = await EditAsync(app, ana.Actor, id, "Second", seen);

        Assert.True(first.IsSuccess);
        Assert.IsType<StaleEdit>(second.Error);
        Assert.Equal("First", (await app.FindImageAsync(id))!.Title);
    }

    [Fact]
    public async Task Of_twenty_edits_of_one_version_at_once_one_is_saved()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, id) = await OneImageAsync(app);
        var seen = (await app.FindImageAsync(id))!.Version;

        var edits = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => EditAsync(app, ana.Actor, id, $"Title {i}", seen)));

        Assert.Single(edits, e => e.IsSuccess);
        Assert.All(edits.Where(e => !e.IsSuccess), e => Assert.IsType<StaleEdit>(e.Error));
    }

    [Fact]
    public async Task To_others_a_hidden_image_is_not_there_and_a_visible_one_not_theirs()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, id) = await OneImageAsync(app);
        var ben = await app.SignUpAsync("ben");
        var mia = await app.SignUpAsync("mia", Role.Moderator);
        Func<Actor, Task<Result>>[] acts =
        [
            a => app.InScopeAsync<ImageService, Result>(s => s.EditAsync(a, id, new ImageEdit(Details("x"), null), CancellationToken.None)),
            a => app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(a, id, CancellationToken.None)),
            a => app.InScopeAsync<Trash, Result>(trash => trash.RestoreAsync(a, id, CancellationToken.None)),
            a => app.InScopeAsync<ImageService, Result>(s => s.RetryAsync(a, id, CancellationToken.None)),
            a => app.InScopeAsync<DeletePermanently, Result>(delete => delete.OneAsync(a, id, CancellationToken.None)),
        ];

        foreach (var act in acts)
        {
            foreach (var actor in new[] { Actor.Visitor(null), ben.Actor })
                Assert.IsType<NotFound>((await act(actor)).Error);
            Assert.IsType<NotAllowed>((await act(mia.Actor)).Error);
        }

        await app.ExecuteSqlAsync("UPDATE images SET state = 'Active', visibility = 'Public'");
        foreach (var act in acts)
            Assert.IsType<NotAllowed>((await act(ben.Actor)).Error);
    }

    [Fact]
    public async Task Trash_hides_an_image_and_restoring_brings_it_back_as_it_was()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();

        await app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(ana.Actor, image.Id, CancellationToken.None));
        using var gone = await app.Anonymous.GetAsync($"/i/{image.Slug}/large", TestContext.Current.CancellationToken);
        await app.InScopeAsync<Trash, Result>(trash => trash.RestoreAsync(ana.Actor, image.Id, CancellationToken.None));
        using var back = await app.Anonymous.GetAsync($"/i/{image.Slug}/large", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (gone.StatusCode, back.StatusCode));
    }

    [Fact]
    public async Task What_a_moderator_removed_is_neither_restored_nor_deleted_permanently_by_its_owner()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, id) = await OneImageAsync(app);
        await app.ExecuteSqlAsync(
            "UPDATE images SET state = 'Deleted', state_before_deletion = 'Active', deleted_at = now(), moderation_reason = 'Spam.'"
        );

        var restored = await app.InScopeAsync<Trash, Result>(trash => trash.RestoreAsync(ana.Actor, id, CancellationToken.None));
        var purged = await app.InScopeAsync<DeletePermanently, Result>(delete => delete.OneAsync(ana.Actor, id, CancellationToken.None));

        Assert.IsType<ImageErrors.RemovedByModerator>(restored.Error);
        Assert.IsType<ImageErrors.KeptForAppeal>(purged.Error);
    }

    [Fact]
    public async Task Deleting_permanently_takes_row_and_every_object()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();

        var deleted = await app.InScopeAsync<DeletePermanently, Result>(delete => delete.OneAsync(ana.Actor, image.Id, CancellationToken.None));

        Assert.True(deleted.IsSuccess);
        Assert.Null(await app.FindImageAsync(image.Id));
        await Eventually.TrueAsync(async () => (await app.ObjectsAsync()).Count == 0);
        Assert.Equal(0, await app.InScopeAsync<IImages, long>(images => images.UsedBytesAsync(ana.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task A_purge_of_an_image_that_was_restored_or_is_not_yet_due_touches_nothing()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, id) = await OneImageAsync(app);

        await PurgeAsync(app, id);
        await app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(ana.Actor, id, CancellationToken.None));
        await PurgeAsync(app, id);

        Assert.NotNull(await app.FindImageAsync(id));
        Assert.Single(await app.ObjectsAsync());

        await app.ExecuteSqlAsync("UPDATE images SET deleted_at = now() - interval '31 days'");
        await PurgeAsync(app, id);
        Assert.Null(await app.FindImageAsync(id));

        // the job that follows from it removes the objects
        await PurgeAsync(app, id);
        Assert.Empty(await app.ObjectsAsync());
    }

    private static Task PurgeAsync(GoImgApp app, ImageId id) =>
        app.InScopeAsync<IJobHandler<PurgeImageJob>, JobOutcome>(handler =>
            handler.HandleAsync(new PurgeImageJob(id), new JobAttempt(1, 4), CancellationToken.None)
        );

    private static async Task<(MemberClient Ana, ImageId Id)> OneImageAsync(GoImgApp app)
    {
        var ana = await app.SignUpAsync("ana");
        return (ana, (await ana.UploadAsync(Pictures.Png())).Value().ImageId);
    }

    private static ImageDetails Details(string title) => ImageDetails.Create(title, "", "", [], Visibility.Private, ContentRating.Safe).Value();

    private static Task<Result> EditAsync(GoImgApp app, Actor actor, ImageId id, string title, int version) =>
        app.InScopeAsync<ImageService, Result>(s => s.EditAsync(actor, id, new ImageEdit(Details(title), version), CancellationToken.None));
}
