using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

public sealed class SubjectReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ModerationSubjectKind> Kinds => [.. Enum.GetValues<ModerationSubjectKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Everything_is_reported_once_by_each_and_never_by_whose_it_is(ModerationSubjectKind kind)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, cleo, mia) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("cleo"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var subject = await world.SubjectAsync(kind, olga);

        var own = await world.ReportAsync(olga, subject);
        var visitor = await world.ReportAsync(Actor.Visitor("192.0.2.1"), subject);
        (await world.ReportAsync(ben, subject)).Value();
        var again = await world.ReportAsync(ben, subject, ReportReason.Harassment);
        (await world.ReportAsync(cleo, subject)).Value();

        Assert.Equal(kind, Assert.IsType<ModerationErrors.OwnSubject>(own.Error).Subject);
        Assert.IsType<SignInRequired>(visitor.Error);
        Assert.IsType<ModerationErrors.AlreadyReported>(again.Error);
        var item = Assert.Single(await world.QueueAsync(mia));
        Assert.Equal((subject, 2, "olga", 2), (item.Subject, item.ReportCount, item.Owner!.Username, item.Owner.Reports));
        Assert.Equal(["ben", "cleo"], item.Reports.Select(r => r.Reporter));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_report_at_the_same_moment_counts_once_and_others_share_the_case(ModerationSubjectKind kind)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ben, cleo, mia) = (await world.MemberAsync("ben"), await world.MemberAsync("cleo"), await world.MemberAsync("mia", Role.Moderator));
        var subject = await world.SubjectAsync(kind, await world.MemberAsync("olga"));

        var answers = await Task.WhenAll(new[] { ben, ben, cleo, ben, cleo }.Select(reporter => world.ReportAsync(reporter, subject)));

        Assert.Equal(2, answers.Count(a => a.IsSuccess));
        Assert.All(answers.Where(a => !a.IsSuccess), a => Assert.IsType<ModerationErrors.AlreadyReported>(a.Error));
        Assert.Equal(2, Assert.Single(await world.QueueAsync(mia)).ReportCount);
    }

    [Fact]
    public async Task What_one_may_not_see_can_not_be_reported()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, cleo, ada) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("cleo"),
            await world.MemberAsync("ada", Role.Admin)
        );
        var image = await world.ImageAsync(olga);
        var deleted = await world.CommentAsync(cleo, image);
        (await world.AskAsync((CommentService s) => s.DeleteAsync(cleo, deleted.Id, Token))).Error.IsNull();
        var below = await world.CommentAsync(cleo, image);
        await world.SaveAsync(db => db.Images.Single(i => i.Id == image.Id).Flag("Held."));
        var secret = await world.AlbumAsync(olga, Visibility.Private);
        var held = await world.AlbumAsync(olga);
        (await world.DecideAsync(ada, ModerationSubject.Of(held.Id), DecisionAction.Hold)).Value();
        await world.SaveAsync(db => db.Members.Single(m => m.Id == cleo.MemberId).Ban());

        ModerationSubject[] hidden =
        [
            ModerationSubject.Of(deleted.Id),
            ModerationSubject.Of(below.Id),
            ModerationSubject.Of(secret.Id),
            ModerationSubject.Of(held.Id),
            ModerationSubject.Of(cleo.MemberId!.Value),
            new(ModerationSubjectKind.Comment, image.Id.Value),
            new(ModerationSubjectKind.Album, Guid.Empty),
        ];
        foreach (var subject in hidden)
            Assert.IsType<NotFound>((await world.ReportAsync(ben, subject)).Error);
    }

    [Fact]
    public async Task Words_edited_afterwards_are_kept_as_they_were_with_whose_they_were()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, cleo, mia) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("cleo"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var image = await world.ImageAsync(olga, "A hill");
        var comment = await world.CommentAsync(cleo, image, "You are a goat.");
        var album = await world.AlbumAsync(olga, Visibility.Unlisted);
        await world.AskAsync((MemberService s) => s.EditProfileAsync(olga, olga.MemberId!.Value, "Buy pills", "At my shop", Token));
        foreach (
            var subject in new[] { ModerationSubject.Of(comment.Id), ModerationSubject.Of(album.Id), ModerationSubject.Of(olga.MemberId!.Value) }
        )
            (await world.ReportAsync(ben, subject)).Value();

        (await world.AskAsync((CommentService s) => s.EditAsync(cleo, comment.Id, "You are kind.", Token))).Error.IsNull();
        var innocent = AlbumDetails.Create("Flowers", "", Visibility.Private, AlbumOrder.Manual).Value();
        (await world.AskAsync((AlbumService s) => s.EditAsync(olga, album.Id, innocent, null, Token))).Error.IsNull();
        await world.AskAsync((MemberService s) => s.EditProfileAsync(olga, olga.MemberId!.Value, "Olga", "", Token));

        var queue = (await world.QueueAsync(mia)).ToDictionary(item => item.Subject.Kind);
        var (said, collected, profile) = (
            queue[ModerationSubjectKind.Comment].Evidence!,
            queue[ModerationSubjectKind.Album].Evidence!,
            queue[ModerationSubjectKind.Member].Evidence!
        );
        Assert.Equal(("You are a goat.", "cleo", "A hill"), (said.Comment, said.OwnerUsername, said.Title));
        Assert.Equal(image.Id.Value, said.CommentedImage);
        Assert.Equal(
            ("Hills", "All of them.", "olga", Visibility.Unlisted),
            (collected.Title, collected.Description, collected.OwnerUsername, collected.Visibility)
        );
        Assert.Equal(("Buy pills", "At my shop", "olga"), (profile.Title, profile.Description, profile.OwnerUsername));
        Assert.Equal("You are kind.", Assert.IsType<CommentPreview>(queue[ModerationSubjectKind.Comment].Preview).Words);
    }

    [Fact]
    public async Task All_kinds_count_against_the_same_ten_reports_an_hour()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, cleo, ben) = (await world.MemberAsync("olga"), await world.MemberAsync("cleo"), await world.MemberAsync("ben"));
        for (var i = 0; i < 4; i++)
        {
            var image = await world.ImageAsync(olga);
            (await world.ReportAsync(ben, image)).Value();
            (await world.ReportAsync(ben, ModerationSubject.Of((await world.CommentAsync(olga, image)).Id))).Value();
        }

        (await world.ReportAsync(ben, ModerationSubject.Of((await world.AlbumAsync(olga)).Id))).Value();
        (await world.ReportAsync(ben, ModerationSubject.Of(olga.MemberId!.Value))).Value();

        Assert.IsType<RateLimitExceeded>((await world.ReportAsync(ben, ModerationSubject.Of(cleo.MemberId!.Value))).Error);
    }

    [Theory]
    [InlineData("comment:0194d2a0-0000-7000-8000-0000000000a4", true)]
    [InlineData("album:0194d2a0-0000-7000-8000-0000000000a4", true)]
    [InlineData("Comment:0194d2a0-0000-7000-8000-0000000000a4", false)]
    [InlineData("session:0194d2a0-0000-7000-8000-0000000000a4", false)]
    [InlineData("comment:x", false)]
    [InlineData("comment", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_subject_reads_what_it_writes_and_nothing_else(string? text, bool isOne)
    {
        Assert.Equal(isOne, ModerationSubject.TryParse(text, out var subject));
        if (isOne)
            Assert.Equal(text, subject.ToString());
    }
}
