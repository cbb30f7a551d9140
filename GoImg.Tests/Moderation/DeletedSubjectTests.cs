using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Integrity;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Moderation;

public sealed class DeletedSubjectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_outlives_its_image_and_the_comments_below_with_the_evidence()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, cleo, ben, mia) = await PeopleAsync(world);
        var image = await world.ImageAsync(olga, "Buy my pills");
        var comment = await world.CommentAsync(cleo, image, "You are a goat.");
        (await world.ReportAsync(ben, image)).Value();
        (await world.ReportAsync(ben, ModerationSubject.Of(comment.Id))).Value();

        await DeletePermanentlyAsync(world, olga, image);
        Assert.Equal(2, (await LostAsync(world, beforeJobs: true)).Count);
        await world.DeliverEventsAsync();

        var queue = (await world.QueueAsync(mia)).ToDictionary(item => item.Subject.Kind);
        Assert.All(queue.Values, item => Assert.Null(item.Preview));
        Assert.Equal("Buy my pills", queue[ModerationSubjectKind.Image].Evidence!.Title);
        Assert.Equal("You are a goat.", queue[ModerationSubjectKind.Comment].Evidence!.Comment);
        Assert.Equal("olga", queue[ModerationSubjectKind.Image].Owner!.Username);
        Assert.Equal("cleo", queue[ModerationSubjectKind.Comment].Owner!.Username);
        Assert.Empty(await LostAsync(world));
        Assert.Equal(queue[ModerationSubjectKind.Image].Id, (await CaseAsync(world, mia, ModerationSubject.Of(image.Id))).Id);
    }

    [Fact]
    public async Task A_case_outlives_its_album()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, _, ben, mia) = await PeopleAsync(world);
        var album = await world.AlbumAsync(olga);
        (await world.ReportAsync(ben, ModerationSubject.Of(album.Id))).Value();

        (await world.AskAsync((AlbumService s) => s.DeleteAsync(olga, album.Id, Token))).Error.IsNull();
        await world.DeliverEventsAsync();

        var item = Assert.Single(await world.QueueAsync(mia));
        Assert.Equal((null, "Hills"), (item.Preview, item.Evidence!.Title));
        Assert.Empty(await LostAsync(world));
    }

    [Theory]
    [InlineData(DecisionAction.Dismiss)]
    [InlineData(DecisionAction.Warn)]
    [InlineData(DecisionAction.Suspend)]
    [InlineData(DecisionAction.Ban)]
    public async Task Of_what_was_deleted_the_owner_is_still_decided_about_and_that_can_be_undone(DecisionAction action)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, _, ben, _) = await PeopleAsync(world);
        var ada = await world.MemberAsync("ada", Role.Admin);
        var image = await world.ImageAsync(olga);
        (await world.ReportAsync(ben, image)).Value();
        await DeletePermanentlyAsync(world, olga, image);
        await world.DeliverEventsAsync();
        var id = (await world.QueueAsync(ada)).Single().Id;
        var before = (await world.ReloadAsync(olga)).ModerationState;

        Assert.IsType<ModerationErrors.SubjectGone>((await world.DecideAsync(ada, image, DecisionAction.Remove, id)).Error);
        var decided = (await world.DecideAsync(ada, image, action, id)).Value();

        Assert.Empty(await world.QueueAsync(ada));
        (await world.UndoAsync(ada, decided)).Error.IsNull();
        Assert.Equal(before, (await world.ReloadAsync(olga)).ModerationState);
        Assert.Equal(id, Assert.Single(await world.QueueAsync(ada)).Id);
    }

    [Fact]
    public async Task A_decision_that_changed_what_is_deleted_by_now_can_not_be_undone()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, _, _, mia) = await PeopleAsync(world);
        var album = await world.AlbumAsync(olga);
        var held = (await world.DecideAsync(mia, ModerationSubject.Of(album.Id), DecisionAction.Hold)).Value();
        (await world.AskAsync((AlbumService s) => s.DeleteAsync(olga, album.Id, Token))).Error.IsNull();

        Assert.IsType<ModerationErrors.SubjectGone>((await world.UndoAsync(mia, held)).Error);
    }

    [Fact]
    public async Task When_the_account_is_gone_too_nothing_is_left_to_decide_and_the_case_closes()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, cleo, ben, mia) = await PeopleAsync(world);
        var image = await world.ImageAsync(olga);
        var comment = ModerationSubject.Of((await world.CommentAsync(cleo, image)).Id);
        (await world.ReportAsync(ben, comment)).Value();
        var id = (await world.QueueAsync(mia)).Single().Id;
        await world.ReadAsync(db => db.Members.Where(m => m.Id == cleo.MemberId).ExecuteDeleteAsync(Token));
        Assert.Null(Assert.Single(await world.QueueAsync(mia)).Owner);

        await DeletePermanentlyAsync(world, olga, image);
        await world.DeliverEventsAsync();

        Assert.Empty(await world.QueueAsync(mia));
        Assert.Equal(CaseStatus.Resolved, (await world.ReadAsync(db => db.Set<ReportCase>().AsNoTracking().SingleAsync())).Status);
        Assert.IsType<ModerationErrors.CaseClosed>((await world.DecideAsync(mia, comment, DecisionAction.Dismiss, id)).Error);
    }

    [Fact]
    public async Task A_comment_whose_author_was_erased_can_be_reported_and_removed()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, cleo, ben, mia) = await PeopleAsync(world);
        var subject = ModerationSubject.Of((await world.CommentAsync(cleo, await world.ImageAsync(olga))).Id);
        await world.ReadAsync(db => db.Members.Where(m => m.Id == cleo.MemberId).ExecuteDeleteAsync(Token));
        (await world.ReportAsync(ben, subject)).Value();

        Assert.IsType<NotFound>((await world.DecideAsync(mia, subject, DecisionAction.Warn)).Error);
        var removed = (await world.DecideAsync(mia, subject, DecisionAction.Remove)).Value();
        await world.DeliverEventsAsync();

        Assert.Null(removed.MemberId);
        Assert.True((await world.CommentAsync(subject.CommentId!.Value)).IsRemoved);
        (await world.UndoAsync(mia, removed)).Error.IsNull();
    }

    [Fact]
    public async Task A_report_and_a_deletion_at_the_same_moment_leave_no_case_that_does_not_know()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, _, _, _) = await PeopleAsync(world);
        var reporters = new List<Actor>();
        for (var i = 0; i < 6; i++)
            reporters.Add(await world.MemberAsync($"reporter{i}"));
        var album = await world.AlbumAsync(olga);

        var deletion = world.AskAsync((AlbumService s) => s.DeleteAsync(olga, album.Id, Token));
        var reports = await Task.WhenAll(reporters.Select(r => world.ReportAsync(r, ModerationSubject.Of(album.Id))));
        (await deletion).Error.IsNull();
        await world.DeliverEventsAsync();

        Assert.All(reports.Where(r => !r.IsSuccess), r => Assert.IsType<NotFound>(r.Error));
        Assert.Empty(await LostAsync(world));
    }

    [Fact]
    public async Task What_is_held_for_a_report_is_deleted_only_after_it()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, _, _, _) = await PeopleAsync(world);
        var album = await world.AlbumAsync(olga);
        (await world.AskAsync((AlbumService s) => s.DeleteAsync(olga, album.Id, Token))).Error.IsNull();
        await using var reporting = world.Services.CreateAsyncScope();
        Assert.True(await reporting.ServiceProvider.GetRequiredService<ICases>().HoldAsync(ModerationSubject.Of(album.Id), Token));

        var deletion = world.AskAsync<IServiceProvider, Result>(async services =>
        {
            await services.GetRequiredService<IAlbums>().RemoveExpiredAsync(DateTimeOffset.MaxValue, 10, Token);
            return await services.GetRequiredService<IUnitOfWork>().CommitAsync(Token);
        });
        await world.ReadAsync(db => WaitsForLockAsync(db, unless: deletion));
        Assert.False(deletion.IsCompleted);
        (await reporting.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Token)).Error.IsNull();

        (await deletion).Error.IsNull();
    }

    private static async Task<(Actor Olga, Actor Cleo, Actor Ben, Actor Mia)> PeopleAsync(ModerationWorld world) =>
        (
            await world.MemberAsync("olga"),
            await world.MemberAsync("cleo"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("mia", Role.Moderator)
        );

    private static async Task DeletePermanentlyAsync(ModerationWorld world, Actor owner, Image image)
    {
        await world.SaveAsync(db => db.Images.Single(i => i.Id == image.Id).MoveToTrash(world.Clock.GetUtcNow()));
        Assert.Equal(1, (await world.AskAsync((DeletePermanently s) => s.TheseAsync(owner, [image.Id], Token))).Value().Changed);
    }

    private static async Task<QueueItem> CaseAsync(ModerationWorld world, Actor actor, ModerationSubject subject)
    {
        var id = await world.ReadAsync(db => db.Set<ReportCase>().Where(c => c.SubjectId == subject.Id).Select(c => c.Id).SingleAsync());
        return (await world.AskAsync((IModerationQueries q) => q.CaseAsync(actor, id, Token))).Value();
    }

    /// <summary>Cases about what is gone, as <c>goimg verify</c> finds them once no job will tell them.</summary>
    private static Task<List<string>> LostAsync(ModerationWorld world, bool beforeJobs = false) =>
        world.ReadAsync(async db =>
        {
            if (beforeJobs)
                Assert.Empty(await new IntegrityRecords(db).LostCasesAsync(Token).ToListAsync(Token));
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            await db.Database.ExecuteSqlAsync($"DELETE FROM jobs", Token);
            var lost = await new IntegrityRecords(db).LostCasesAsync(Token).Select(finding => finding.Subject).ToListAsync(Token);
            await transaction.RollbackAsync(Token);
            return lost;
        });

    private static async Task<bool> WaitsForLockAsync(GoImgDbContext db, Task unless)
    {
        while (
            !unless.IsCompleted
            && await db
                .Database.SqlQuery<int>(
                    $"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"""
                )
                .SingleAsync(Token) == 0
        )
            await Task.Yield();
        return true;
    }
}
