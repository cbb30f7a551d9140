using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Moderation;

public sealed class DecisionTests
{
    public static TheoryData<DecisionAction, string> Matrix()
    {
        var matrix = new TheoryData<DecisionAction, string>();
        foreach (
            var action in new[]
            {
                DecisionAction.Dismiss,
                DecisionAction.Warn,
                DecisionAction.MarkNsfw,
                DecisionAction.Hold,
                DecisionAction.Remove,
                DecisionAction.Suspend,
                DecisionAction.Ban,
            }
        )
        {
            foreach (var before in new[] { "active", "nsfw", "held", "trash", "held in trash" })
                matrix.Add(action, before);
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Undo_restores_exactly_what_was(DecisionAction action, string before)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter, admin) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("ada", Role.Admin));
        var image = await world.ImageAsync(owner);
        (await world.ReportAsync(reporter, image)).Value();
        await world.SaveAsync(db => Prepare(db.Images.Single(i => i.Id == image.Id), before, world.Clock.GetUtcNow()));
        var (imageBefore, deletedBefore, memberBefore) = (
            await StateAsync(world, image),
            (await world.ReloadAsync(image)).DeletedAt,
            (await world.ReloadAsync(owner)).ModerationState
        );
        world.Clock.Advance(TimeSpan.FromHours(1));

        var decision = await world.DecideAsync(admin, image, action);
        if (action == DecisionAction.Hold && before is not ("active" or "nsfw"))
        {
            Assert.Equal(ErrorKind.Conflict, decision.Error!.Kind);
            return;
        }

        var queueAfterDecision = await world.QueueAsync(admin);
        var undone = await world.UndoAsync(admin, decision.Value());

        Assert.True(undone.IsSuccess, undone.Error?.Message);
        Assert.Equal(imageBefore, await StateAsync(world, image));
        Assert.Equal(deletedBefore, (await world.ReloadAsync(image)).DeletedAt);
        Assert.Equal(memberBefore, (await world.ReloadAsync(owner)).ModerationState);
        Assert.Equal(action == DecisionAction.Hold ? 1 : 0, queueAfterDecision.Count);
        Assert.Single(await world.QueueAsync(admin));
        Assert.IsType<ModerationErrors.AlreadyUndone>((await world.UndoAsync(admin, decision.Value())).Error);
        Assert.Equal(
            AuditAction.DecisionUndone,
            (await world.AuditAsync()).Last(e => e.Action is not (AuditAction.PrivateViewed or AuditAction.AlbumPrivateViewed)).Action
        );
    }

    [Theory]
    [InlineData(DecisionAction.Dismiss, ImageState.Active, ContentRating.Safe, AuditAction.ReportsDismissed)]
    [InlineData(DecisionAction.Warn, ImageState.Active, ContentRating.Safe, AuditAction.Warned)]
    [InlineData(DecisionAction.MarkNsfw, ImageState.Active, ContentRating.Nsfw, AuditAction.MarkedNsfw)]
    [InlineData(DecisionAction.Hold, ImageState.Flagged, ContentRating.Safe, AuditAction.Held)]
    [InlineData(DecisionAction.Remove, ImageState.Deleted, ContentRating.Safe, AuditAction.Removed)]
    public async Task A_decision_does_what_it_says_tells_the_owner_why_and_is_in_the_audit_log(
        DecisionAction action,
        ImageState state,
        ContentRating rating,
        string auditAction
    )
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter, moderator) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var image = await world.ImageAsync(owner);
        (await world.ReportAsync(reporter, image)).Value();

        (await world.DecideAsync(moderator, image, action, message: "It sells things.")).Value();

        var now = await world.ReloadAsync(image);
        Assert.Equal((state, rating), (now.State, now.Rating));
        Assert.Contains("It sells things.", Assert.Single(await world.NotificationsAsync(owner)), StringComparison.Ordinal);
        Assert.Empty(await world.NotificationsAsync(reporter));
        var entry = Assert.Single(await world.AuditAsync());
        Assert.Equal(
            (auditAction, moderator.MemberId, "192.0.2.7", image.Id.ToString()),
            (entry.Action, entry.ActorId, entry.Address, entry.SubjectId)
        );
        Assert.Equal("active, safe", entry.Before);
        Assert.Equal($"{state}, {rating}".ToLowerInvariant(), entry.After);
    }

    [Fact]
    public async Task A_dismissal_without_words_tells_the_owner_nothing_and_its_undo_neither()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, moderator) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(owner);
        (await world.ReportAsync(await world.MemberAsync("ben"), image)).Value();

        (await world.UndoAsync(moderator, (await world.DecideAsync(moderator, image, DecisionAction.Dismiss)).Value())).Error.IsNull();

        Assert.Empty(await world.NotificationsAsync(owner));
    }

    [Fact]
    public async Task A_removed_image_is_gone_for_strangers_and_its_owner_reads_why_but_can_not_restore_it()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, moderator, stranger) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("ben")
        );
        var image = await world.ImageAsync(owner);
        await world.IndexAsync();

        (await world.DecideAsync(moderator, image, DecisionAction.Remove, message: "Not yours to show.")).Value();

        var token = TestContext.Current.CancellationToken;
        Assert.Null(await world.AskAsync((IImageQueries q) => q.FindAsync(stranger, image.Slug, token)));
        Assert.Empty((await world.AskAsync((IImageQueries q) => q.ExploreAsync(null, 10, token))).Items);
        Assert.Empty((await world.AskAsync((IImageQueries q) => q.ByMemberAsync(owner.MemberId!.Value, null, 10, token))).Items);
        Assert.Empty((await world.AskAsync((IImageQueries q) => q.ByTagAsync("hill", null, 10, token))).Items);
        var hills = new SearchRequest(SearchQuery.Parse("hill"), SearchScope.Everyone, null, 10);
        Assert.Empty((await world.AskAsync((IImageSearch s) => s.FindAsync(stranger, hills, token))).Images);
        await world.IndexAsync();
        Assert.Empty(await world.AskAsync((IImageQueries q) => q.PopularTagsAsync(10, token)));
        Assert.IsType<NotFound>((await world.ReportAsync(stranger, image)).Error);
        Assert.Equal("Not yours to show.", (await world.AskAsync((IImageQueries q) => q.FindAsync(owner, image.Slug, token)))!.ModerationReason);
        Assert.IsType<ImageErrors.RemovedByModerator>((await world.ReloadAsync(image)).Restore().Error);
    }

    [Fact]
    public async Task Of_two_moderators_at_once_the_second_is_told_who_decided()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var image = await world.ImageAsync(await world.MemberAsync("olga"));
        var (mia, max) = (await world.MemberAsync("mia", Role.Moderator), await world.MemberAsync("max", Role.Moderator));
        (await world.ReportAsync(await world.MemberAsync("ben"), image)).Value();
        var caseId = (await world.QueueAsync(mia)).Single().Id;

        var answers = await Task.WhenAll(
            world.DecideAsync(mia, image, DecisionAction.Remove, caseId),
            world.DecideAsync(max, image, DecisionAction.Dismiss, caseId)
        );

        var winner = answers[0].IsSuccess ? "mia" : "max";
        Assert.Single(answers, a => a.IsSuccess);
        Assert.Equal(winner, Assert.IsType<ModerationErrors.AlreadyDecided>(answers.Single(a => !a.IsSuccess).Error).By);
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task A_decision_is_undone_though_a_job_changes_the_image_at_the_same_time()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var image = await world.ImageAsync(await world.MemberAsync("olga"));
        var mia = await world.MemberAsync("mia", Role.Moderator);
        var decision = (await world.DecideAsync(mia, image, DecisionAction.MarkNsfw)).Value();

        var undone = await world.AskAsync(
            async (GoImgDbContext job) =>
            {
                await using var transaction = await job.Database.BeginTransactionAsync();
                await job.Database.ExecuteSqlAsync($"UPDATE images SET version = version + 1 WHERE id = {image.Id.Value}");
                var undoing = world.UndoAsync(mia, decision);
                // It has read the image as it was before, and waits to write it.
                await Eventually.TrueAsync(() => world.AskAsync((GoImgDbContext other) => SomebodyWaitsAsync(other)));
                await transaction.CommitAsync();
                return await undoing;
            }
        );

        undone.Error.IsNull();
        Assert.Equal(ContentRating.Safe, (await world.ReloadAsync(image)).Rating);
    }

    private static Task<bool> SomebodyWaitsAsync(GoImgDbContext db) =>
        db
            .Database.SqlQuery<bool>(
                $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\""
            )
            .SingleAsync();

    [Fact]
    public async Task A_claim_keeps_others_away_for_a_quarter_of_an_hour()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var image = await world.ImageAsync(await world.MemberAsync("olga"));
        var (mia, max) = (await world.MemberAsync("mia", Role.Moderator), await world.MemberAsync("max", Role.Moderator));
        (await world.ReportAsync(await world.MemberAsync("ben"), image)).Value();
        var caseId = (await world.QueueAsync(mia)).Single().Id;

        Assert.True((await ClaimAsync(world, mia, caseId)).IsSuccess);

        Assert.Equal(
            ("mia", CaseStatus.Reviewing),
            ((await world.QueueAsync(max)).Single().ClaimedByName, (await world.QueueAsync(max)).Single().Status)
        );
        Assert.IsType<ModerationErrors.ClaimedByAnother>((await ClaimAsync(world, max, caseId)).Error);
        Assert.IsType<ModerationErrors.ClaimedByAnother>((await world.DecideAsync(max, image, DecisionAction.Dismiss, caseId)).Error);
        world.Clock.Advance(ReportCase.ClaimTime + TimeSpan.FromSeconds(1));
        Assert.Null((await world.QueueAsync(max)).Single().ClaimedByName);
        Assert.True((await world.DecideAsync(max, image, DecisionAction.Dismiss, caseId)).IsSuccess);
    }

    [Fact]
    public async Task Decisions_on_the_same_thing_are_undone_in_reverse_order()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (image, mia) = (await world.ImageAsync(await world.MemberAsync("olga")), await world.MemberAsync("mia", Role.Moderator));
        var nsfw = (await world.DecideAsync(mia, image, DecisionAction.MarkNsfw)).Value();
        var hold = (await world.DecideAsync(mia, image, DecisionAction.Hold)).Value();
        var remove = (await world.DecideAsync(mia, image, DecisionAction.Remove)).Value();

        Assert.IsType<ModerationErrors.LaterDecision>((await world.UndoAsync(mia, hold)).Error);
        (await world.UndoAsync(mia, nsfw)).Error.IsNull();
        (await world.UndoAsync(mia, remove)).Error.IsNull();
        Assert.Equal(ImageState.Flagged, (await world.ReloadAsync(image)).State);
        (await world.UndoAsync(mia, hold)).Error.IsNull();
        Assert.Equal(new ImageModerationState(ImageState.Active, null, ContentRating.Safe, null), (await world.ReloadAsync(image)).ModerationState);
    }

    [Fact]
    public async Task What_its_owner_changed_since_is_not_overwritten_by_an_undo()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (image, mia) = (await world.ImageAsync(await world.MemberAsync("olga")), await world.MemberAsync("mia", Role.Moderator));
        var nsfw = (await world.DecideAsync(mia, image, DecisionAction.MarkNsfw)).Value();
        await world.SaveAsync(db => db.Images.Single().MoveToTrash(world.Clock.GetUtcNow()));

        (await world.UndoAsync(mia, nsfw)).Error.IsNull();

        var now = await world.ReloadAsync(image);
        Assert.Equal((ImageState.Deleted, ContentRating.Safe), (now.State, now.Rating));
    }

    [Fact]
    public async Task No_one_decides_about_their_own_image()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var ada = await world.MemberAsync("ada", Role.Admin);

        Assert.IsType<ModerationErrors.Oneself>((await world.DecideAsync(ada, await world.ImageAsync(ada), DecisionAction.MarkNsfw)).Error);
    }

    [Fact]
    public async Task For_who_is_not_staff_there_is_no_queue_and_no_decision()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(olga);
        var decision = (await world.DecideAsync(mia, image, DecisionAction.MarkNsfw)).Value();
        await world.SaveAsync(db => db.Members.Single(m => m.Id == mia.MemberId).Grant(Role.Member));

        foreach (var actor in new[] { ben, olga, Actor.Visitor(null), mia })
        {
            Assert.IsType<NotFound>((await world.DecideAsync(actor, image, DecisionAction.Remove)).Error);
            Assert.IsType<NotFound>((await world.UndoAsync(actor, decision)).Error);
        }

        var token = TestContext.Current.CancellationToken;
        Assert.IsType<NotFound>((await world.AskAsync((IModerationQueries q) => q.QueueAsync(ben, 1, 10, token))).Error);
        Assert.IsType<NotFound>((await world.AskAsync((IModerationQueries q) => q.DecisionsAsync(ben, null, null, 10, token))).Error);
        Assert.IsType<NotFound>((await world.AskAsync((IModerationQueries q) => q.MembersAsync(ben, new MemberFilter(), null, 10, token))).Error);
        Assert.IsType<NotFound>((await world.AskAsync((IAuditQueries q) => q.SearchAsync(ben, new AuditFilter(), null, 10, token))).Error);
    }

    [Fact]
    public async Task Note_and_message_have_limits()
    {
        Assert.True(DecisionText.Create(ModerationSubjectKind.Image, DecisionAction.Warn, new string('n', 2000), new string('m', 1000)).IsSuccess);
        var wrong = Assert.IsType<ValidationFailed>(
            DecisionText.Create(ModerationSubjectKind.Image, DecisionAction.Warn, new string('n', 2001), new string('m', 1001)).Error
        );
        Assert.Equal(["note", "message"], wrong.Fields.Select(f => f.Field));
        await Task.CompletedTask;
    }

    private static Task<Result> ClaimAsync(ModerationWorld world, Actor actor, CaseId id) =>
        world.AskAsync((ClaimCase service) => service.ClaimAsync(actor, id, TestContext.Current.CancellationToken));

    private static async Task<ImageModerationState> StateAsync(ModerationWorld world, Image image) =>
        (await world.ReloadAsync(image)).ModerationState;

    private static void Prepare(Image image, string how, DateTimeOffset now)
    {
        if (how == "nsfw")
            image.Rate(ContentRating.Nsfw);
        if (how.StartsWith("held", StringComparison.Ordinal))
            image.Flag("under review");
        if (how.EndsWith("trash", StringComparison.Ordinal))
            image.MoveToTrash(now);
    }
}

internal static class ErrorAssertions
{
    /// <summary>Fails with the error's words.</summary>
    public static void IsNull(this Error? error) => Assert.Null(error?.Message);
}
