using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

/// <summary>As <see cref="DecisionTests"/> for images, for what else can be decided on.</summary>
public sealed class SubjectDecisionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ModerationSubjectKind, DecisionAction, string> Matrix()
    {
        var matrix = new TheoryData<ModerationSubjectKind, DecisionAction, string>();
        Add(
            ModerationSubjectKind.Comment,
            [DecisionAction.Dismiss, DecisionAction.Warn, DecisionAction.Remove, DecisionAction.Suspend, DecisionAction.Ban],
            ["as it was", "deleted", "removed"]
        );
        Add(
            ModerationSubjectKind.Album,
            [DecisionAction.Dismiss, DecisionAction.Warn, DecisionAction.Hold, DecisionAction.Remove, DecisionAction.Suspend, DecisionAction.Ban],
            ["as it was", "held", "removed"]
        );
        Add(
            ModerationSubjectKind.Member,
            [DecisionAction.Dismiss, DecisionAction.Warn, DecisionAction.Suspend, DecisionAction.Ban],
            ["as it was", "suspended"]
        );
        return matrix;

        void Add(ModerationSubjectKind kind, DecisionAction[] actions, string[] befores)
        {
            foreach (var action in actions)
            foreach (var before in befores)
                matrix.Add(kind, action, before);
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Undo_restores_exactly_what_was(ModerationSubjectKind kind, DecisionAction action, string before)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, admin) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        var subject = await world.SubjectAsync(kind, owner);
        (await world.ReportAsync(await world.MemberAsync("ben"), subject)).Value();
        await world.SaveAsync(db => Prepare(db, subject, before, world.Clock.GetUtcNow()));
        var was = await StateAsync(world, subject, owner);
        world.Clock.Advance(TimeSpan.FromHours(1));

        var decision = await world.DecideAsync(admin, subject, action);
        if (
            (action, before) is (DecisionAction.Hold, "held" or "removed") or (DecisionAction.Remove, "removed")
            && kind == ModerationSubjectKind.Album
        )
        {
            Assert.IsType<ModerationErrors.AlreadySo>(decision.Error);
            return;
        }

        var queueAfterDecision = await world.QueueAsync(admin);
        (await world.UndoAsync(admin, decision.Value())).Error.IsNull();

        Assert.Equal(was, await StateAsync(world, subject, owner));
        Assert.Equal(action == DecisionAction.Hold ? 1 : 0, queueAfterDecision.Count);
        Assert.Equal(subject, Assert.Single(await world.QueueAsync(admin)).Subject);
        Assert.IsType<ModerationErrors.AlreadyUndone>((await world.UndoAsync(admin, decision.Value())).Error);
        Assert.Equal(
            AuditAction.DecisionUndone,
            (await world.AuditAsync()).Last(e => e.Action is not (AuditAction.PrivateViewed or AuditAction.AlbumPrivateViewed)).Action
        );
    }

    [Theory]
    [InlineData(
        ModerationSubjectKind.Comment,
        DecisionAction.Dismiss,
        AuditAction.CommentReportsDismissed,
        "shown",
        "shown",
        "About your comment “Buy my pills”: No."
    )]
    [InlineData(
        ModerationSubjectKind.Comment,
        DecisionAction.Warn,
        AuditAction.CommentWarned,
        "shown",
        "shown",
        "About your comment “Buy my pills”: No."
    )]
    [InlineData(
        ModerationSubjectKind.Comment,
        DecisionAction.Remove,
        AuditAction.CommentRemoved,
        "shown",
        "removed",
        "Your comment “Buy my pills” was removed. No."
    )]
    [InlineData(
        ModerationSubjectKind.Album,
        DecisionAction.Dismiss,
        AuditAction.AlbumReportsDismissed,
        "active",
        "active",
        "About your album “Hills”: No."
    )]
    [InlineData(ModerationSubjectKind.Album, DecisionAction.Warn, AuditAction.AlbumWarned, "active", "active", "About your album “Hills”: No.")]
    [InlineData(
        ModerationSubjectKind.Album,
        DecisionAction.Hold,
        AuditAction.AlbumHeld,
        "active",
        "held",
        "Your album “Hills” is hidden for now; its images stay as they are. No."
    )]
    [InlineData(
        ModerationSubjectKind.Album,
        DecisionAction.Remove,
        AuditAction.AlbumRemoved,
        "active",
        "removed",
        "Your album “Hills” was removed; its images stay as they are. No."
    )]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.Dismiss, AuditAction.AccountReportsDismissed, "active", "active", "No.")]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.Warn, AuditAction.AccountWarned, "active", "active", "No.")]
    public async Task A_decision_is_told_to_its_owner_in_fitting_words_and_is_in_the_audit_log(
        ModerationSubjectKind kind,
        DecisionAction action,
        string auditAction,
        string before,
        string after,
        string told
    )
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter, mia) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var subject = await world.SubjectAsync(kind, owner);
        (await world.ReportAsync(reporter, subject)).Value();

        (await world.DecideAsync(mia, subject, action, message: "No.")).Value();

        Assert.Equal(told, Assert.Single(await world.NotificationsAsync(owner)));
        Assert.Empty(await world.NotificationsAsync(reporter));
        var entry = Assert.Single(await world.AuditAsync());
        Assert.Equal(
            (auditAction, mia.MemberId, "192.0.2.7", subject.What, subject.Id.ToString(), before, after),
            (entry.Action, entry.ActorId, entry.Address, entry.SubjectKind, entry.SubjectId, entry.Before, entry.After)
        );
    }

    [Fact]
    public async Task What_was_taken_back_is_told_by_what_it_was_about()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        var (comment, album) = (
            await world.SubjectAsync(ModerationSubjectKind.Comment, olga),
            await world.SubjectAsync(ModerationSubjectKind.Album, olga)
        );
        foreach (var (subject, action) in new[] { (comment, DecisionAction.Remove), (album, DecisionAction.Hold) })
            (await world.UndoAsync(ada, (await world.DecideAsync(ada, subject, action)).Value())).Error.IsNull();

        var told = await world.NotificationsAsync(olga);

        Assert.Contains("The decision about your comment “Buy my pills” was taken back; it is as it was before.", told);
        Assert.Contains("The decision about your album “Hills” was taken back; it is as it was before.", told);
    }

    [Theory]
    [InlineData(ModerationSubjectKind.Image, DecisionAction.Reinstate)]
    [InlineData(ModerationSubjectKind.Comment, DecisionAction.MarkNsfw)]
    [InlineData(ModerationSubjectKind.Comment, DecisionAction.Hold)]
    [InlineData(ModerationSubjectKind.Comment, DecisionAction.Reinstate)]
    [InlineData(ModerationSubjectKind.Album, DecisionAction.MarkNsfw)]
    [InlineData(ModerationSubjectKind.Album, DecisionAction.Reinstate)]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.MarkNsfw)]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.Hold)]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.Remove)]
    [InlineData(ModerationSubjectKind.Member, DecisionAction.Reinstate)]
    public async Task What_makes_no_sense_for_a_kind_is_refused_and_changes_nothing(ModerationSubjectKind kind, DecisionAction action)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        var subject = await world.SubjectAsync(kind, olga);
        (await world.ReportAsync(await world.MemberAsync("ben"), subject)).Value();

        var refused = await world.DecideAsync(ada, subject, action);

        Assert.Equal("action", Assert.IsType<ValidationFailed>(refused.Error).Fields.Single().Field);
        Assert.Single(await world.QueueAsync(ada));
        Assert.Empty(await world.AuditAsync());
    }

    [Theory]
    [MemberData(nameof(SubjectReportTests.Kinds), MemberType = typeof(SubjectReportTests))]
    public async Task No_one_decides_on_what_is_their_own_or_undoes_it(ModerationSubjectKind kind)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ada, eve) = (await world.MemberAsync("ada", Role.Admin), await world.MemberAsync("eve", Role.Admin));
        var subject = await world.SubjectAsync(kind, ada);
        (await world.ReportAsync(eve, subject)).Value();

        foreach (var action in new[] { DecisionAction.Dismiss, DecisionAction.Warn, DecisionAction.Suspend })
            Assert.IsType<ModerationErrors.Oneself>((await world.DecideAsync(ada, subject, action)).Error);
        var warned = (await world.DecideAsync(eve, subject, DecisionAction.Warn)).Value();
        Assert.IsType<ModerationErrors.Oneself>((await world.UndoAsync(ada, warned)).Error);
    }

    [Theory]
    [MemberData(nameof(SubjectReportTests.Kinds), MemberType = typeof(SubjectReportTests))]
    public async Task For_who_is_not_staff_there_is_no_such_thing_to_decide(ModerationSubjectKind kind)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        var subject = await world.SubjectAsync(kind, olga);
        var warned = (await world.DecideAsync(mia, subject, DecisionAction.Warn)).Value();
        await world.SaveAsync(db => db.Members.Single(m => m.Id == mia.MemberId).Grant(Role.Member));

        foreach (var actor in new[] { ben, olga, Actor.Visitor(null), mia })
        {
            Assert.IsType<NotFound>((await world.DecideAsync(actor, subject, DecisionAction.Warn)).Error);
            Assert.IsType<NotFound>((await world.UndoAsync(actor, warned)).Error);
        }

        Assert.IsType<NotFound>((await world.AskAsync((IModerationQueries q) => q.AboutAsync(ben, subject, Token))).Error);
    }

    [Theory]
    [MemberData(nameof(SubjectReportTests.Kinds), MemberType = typeof(SubjectReportTests))]
    public async Task Of_two_moderators_at_once_the_second_is_told_who_decided(ModerationSubjectKind kind)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (mia, max) = (await world.MemberAsync("mia", Role.Moderator), await world.MemberAsync("max", Role.Moderator));
        var subject = await world.SubjectAsync(kind, await world.MemberAsync("olga"));
        (await world.ReportAsync(await world.MemberAsync("ben"), subject)).Value();
        var caseId = (await world.QueueAsync(mia)).Single().Id;

        var answers = await Task.WhenAll(
            world.DecideAsync(mia, subject, DecisionAction.Warn, caseId),
            world.DecideAsync(max, subject, DecisionAction.Dismiss, caseId)
        );

        Assert.Single(answers, a => a.IsSuccess);
        Assert.IsType<ModerationErrors.AlreadyDecided>(answers.Single(a => !a.IsSuccess).Error);
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task A_case_is_decided_about_its_own_subject_only()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var (album, image) = (await world.SubjectAsync(ModerationSubjectKind.Album, olga), await world.ImageAsync(olga));
        (await world.ReportAsync(await world.MemberAsync("ben"), album)).Value();
        var caseId = (await world.QueueAsync(mia)).Single().Id;

        Assert.IsType<NotFound>((await world.DecideAsync(mia, image, DecisionAction.Remove, caseId)).Error);
    }

    [Fact]
    public async Task A_removed_comment_is_gone_for_all_and_its_author_can_not_bring_it_back_even_if_they_deleted_it_before()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (host, olga, mia) = (await world.MemberAsync("host"), await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(host);
        var (shown, deleted) = (await world.CommentAsync(olga, image, "one"), await world.CommentAsync(olga, image, "two"));
        (await world.AskAsync((CommentService s) => s.DeleteAsync(olga, deleted.Id, Token))).Error.IsNull();

        (await world.DecideAsync(mia, ModerationSubject.Of(shown.Id), DecisionAction.Remove)).Value();
        (await world.DecideAsync(mia, ModerationSubject.Of(deleted.Id), DecisionAction.Remove)).Value();

        Assert.Empty((await world.AskAsync((ICommentQueries q) => q.ByImageAsync(host, image.Id, null, 10, Token))).Items);
        Assert.Equal(0, (await world.AskAsync((IImageQueries q) => q.FindAsync(host, image.Slug, Token)))!.Comments);
        foreach (var comment in new[] { shown, deleted })
        foreach (var actor in new[] { olga, host })
            Assert.IsType<NotFound>((await world.AskAsync((CommentService s) => s.RestoreAsync(actor, comment.Id, Token))).Error);
    }

    [Fact]
    public async Task A_comment_that_changed_since_the_decision_is_left_alone()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, mia, max) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("max", Role.Moderator)
        );
        var subject = await world.SubjectAsync(ModerationSubjectKind.Comment, olga);
        var id = subject.CommentId!.Value;
        var removed = (await world.DecideAsync(mia, subject, DecisionAction.Remove)).Value();
        (await world.AskAsync((CommentService s) => s.RestoreAsync(max, id, Token))).Error.IsNull();
        (await world.AskAsync((CommentService s) => s.DeleteAsync(olga, id, Token))).Error.IsNull();

        Assert.IsType<CommentErrors.ChangedSince>((await world.UndoAsync(mia, removed)).Error);
        Assert.NotNull((await world.CommentAsync(id)).DeletedAt);
    }

    [Theory]
    [InlineData(DecisionAction.Hold)]
    [InlineData(DecisionAction.Remove)]
    public async Task A_hidden_album_is_there_for_its_owner_and_staff_alone_and_its_images_stay(DecisionAction action)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(olga);
        var album = await world.AlbumAsync(olga, Visibility.Public, image);

        (await world.DecideAsync(mia, ModerationSubject.Of(album.Id), action, message: "Not like this.")).Value();

        foreach (var stranger in new[] { ben, Actor.Visitor(null) })
        {
            Assert.Null(await world.AskAsync((IAlbumQueries q) => q.FindAsync(stranger, album.Slug, Token)));
            Assert.Empty((await world.AskAsync((IAlbumQueries q) => q.ByMemberAsync(stranger, olga.MemberId!.Value, null, 10, Token))).Items);
            Assert.Empty(await world.AskAsync((IAlbumQueries q) => q.ContainingAsync(stranger, image.Id, Token)));
            Assert.Equal(
                new ImageNeighbours(null, null),
                await world.AskAsync((IAlbumQueries q) => q.NeighboursAsync(stranger, album.Slug, image.Slug, Token))
            );
            Assert.NotNull(await world.AskAsync((IImageQueries q) => q.FindAsync(stranger, image.Slug, Token)));
        }

        foreach (var insider in new[] { olga, mia })
            Assert.Equal("Not like this.", (await world.AskAsync((IAlbumQueries q) => q.FindAsync(insider, album.Slug, Token)))!.ModerationReason);
        Assert.Equal(
            action == DecisionAction.Hold ? AlbumState.Held : AlbumState.Removed,
            Assert.Single((await world.AskAsync((IAlbumQueries q) => q.ByMemberAsync(olga, olga.MemberId!.Value, null, 10, Token))).Items).State
        );
    }

    [Fact]
    public async Task Owners_can_not_end_a_hold_by_editing_the_album()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        var album = await world.AlbumAsync(olga);
        (await world.DecideAsync(mia, ModerationSubject.Of(album.Id), DecisionAction.Hold)).Value();

        var details = AlbumDetails.Create("Again", "", Visibility.Public, AlbumOrder.Newest).Value();
        (await world.AskAsync((AlbumService s) => s.EditAsync(olga, album.Id, details, null, Token))).Error.IsNull();

        Assert.Null(await world.AskAsync((IAlbumQueries q) => q.FindAsync(ben, album.Slug, Token)));
    }

    [Fact]
    public async Task Reports_about_staff_are_for_admins()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (max, mia, ada) = (
            await world.MemberAsync("max", Role.Moderator),
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("ada", Role.Admin)
        );
        var subject = ModerationSubject.Of(max.MemberId!.Value);
        (await world.ReportAsync(await world.MemberAsync("ben"), subject)).Value();

        foreach (var action in new[] { DecisionAction.Dismiss, DecisionAction.Warn, DecisionAction.Suspend })
            Assert.IsType<ModerationErrors.StaffAccount>((await world.DecideAsync(mia, subject, action)).Error);
        var warned = (await world.DecideAsync(ada, subject, DecisionAction.Warn)).Value();
        Assert.IsType<ModerationErrors.StaffAccount>((await world.UndoAsync(mia, warned)).Error);
    }

    [Fact]
    public async Task A_sanction_from_the_members_page_closes_the_case_about_the_member_and_its_undo_opens_it_again()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        var subject = ModerationSubject.Of(olga.MemberId!.Value);
        (await world.ReportAsync(await world.MemberAsync("ben"), subject)).Value();

        var banned = (await world.AskAsync((ModerateMembers s) => s.BanAsync(ada, olga.MemberId!.Value, "", "Enough.", Token))).Value();

        Assert.Empty(await world.QueueAsync(ada));
        (await world.UndoAsync(ada, banned)).Error.IsNull();
        Assert.Equal(subject, Assert.Single(await world.QueueAsync(ada)).Subject);
    }

    private static void Prepare(GoImgDbContext db, ModerationSubject subject, string how, DateTimeOffset now)
    {
        switch (how)
        {
            case "deleted":
                var comment = db.Set<Comment>().Single();
                comment.Delete(comment.AuthorId, now);
                break;
            case "removed" when subject.Kind == ModerationSubjectKind.Comment:
                db.Set<Comment>().Single().Remove(null, now);
                break;
            case "held" or "removed":
                db.Set<Album>().Single().Hide(how == "held" ? AlbumState.Held : AlbumState.Removed, "under review");
                break;
            case "suspended":
                db.Members.Single(m => m.UsernameKey == "olga").Suspend(now.AddDays(2));
                break;
        }
    }

    // What a decision may change, and the count that follows from it.
    private static async Task<(SubjectState Subject, MemberModerationState Owner, int? Comments)> StateAsync(
        ModerationWorld world,
        ModerationSubject subject,
        Actor owner
    )
    {
        var state = subject switch
        {
            { CommentId: { } comment } => new SubjectState { Comment = (await world.CommentAsync(comment)).ModerationState },
            { AlbumId: { } album } => new SubjectState { Album = (await world.AlbumAsync(album)).ModerationState },
            _ => new SubjectState(),
        };
        var images = await world.AskAsync((IImageQueries q) => q.ExploreAsync(null, 10, Token));
        var view = images.Items.Count == 0 ? null : await world.AskAsync((IImageQueries q) => q.FindAsync(Actor.System, images.Items[0].Slug, Token));
        return (state, (await world.ReloadAsync(owner)).ModerationState, view?.Comments);
    }
}
