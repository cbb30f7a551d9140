using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

public sealed class ReportTests
{
    [Fact]
    public async Task A_report_opens_a_case_with_the_evidence_as_it_was()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter, moderator) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var image = await world.ImageAsync(owner, "Buy my pills");

        (await world.ReportAsync(reporter, image, ReportReason.Spam, " It is\r\nan advert. ")).Value();
        await world.SaveAsync(db =>
        {
            var changed = db.Images.Single(i => i.Id == image.Id);
            changed.Edit(ImageDetails.Create("Innocent flowers", "", "", [], Visibility.Private, ContentRating.Safe).Value());
        });

        var item = Assert.Single(await world.QueueAsync(moderator));
        Assert.Equal("Innocent flowers", Image(item).Title);
        Assert.Equal("Buy my pills", item.Evidence!.Title);
        Assert.Equal(["hill", "green"], item.Evidence.Tags);
        Assert.Equal(Visibility.Public, item.Evidence.Visibility);
        Assert.Equal("olga", item.Evidence.OwnerUsername);
        Assert.Equal(Convert.ToHexStringLower(image.Sha256), item.Evidence.Sha256);
        Assert.Equal(1000, item.Evidence.SizeBytes);
        Assert.Equal("It is\nan advert.", item.Reports.Single().Words);
        Assert.Equal("ben", item.Reports.Single().Reporter);
    }

    [Fact]
    public async Task A_member_reports_an_image_once_even_after_it_was_decided()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter, moderator) = (
            await world.MemberAsync("olga"),
            await world.MemberAsync("ben"),
            await world.MemberAsync("mia", Role.Moderator)
        );
        var image = await world.ImageAsync(owner);

        (await world.ReportAsync(reporter, image)).Value();

        Assert.IsType<ModerationErrors.AlreadyReported>((await world.ReportAsync(reporter, image, ReportReason.Copyright)).Error);
        (await world.DecideAsync(moderator, image, DecisionAction.Dismiss)).Value();
        Assert.IsType<ModerationErrors.AlreadyReported>((await world.ReportAsync(reporter, image)).Error);
    }

    [Fact]
    public async Task The_same_member_reporting_at_the_same_moment_counts_once()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"));
        var image = await world.ImageAsync(owner);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.ReportAsync(reporter, image)));

        Assert.Single(answers, a => a.IsSuccess);
        Assert.All(answers.Where(a => !a.IsSuccess), a => Assert.IsType<ModerationErrors.AlreadyReported>(a.Error));
    }

    [Fact]
    public async Task Many_members_at_the_same_moment_share_one_case()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, moderator) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(owner);
        var reporters = new List<Actor>();
        for (var i = 0; i < 4; i++)
            reporters.Add(await world.MemberAsync($"reporter{i}"));

        var answers = await Task.WhenAll(reporters.Select(r => world.ReportAsync(r, image)));

        Assert.All(answers, a => Assert.True(a.IsSuccess, a.Error?.Message));
        Assert.Equal(4, Assert.Single(await world.QueueAsync(moderator)).ReportCount);
    }

    [Fact]
    public async Task No_one_reports_their_own_image()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var owner = await world.MemberAsync("olga");

        var answer = await world.ReportAsync(owner, await world.ImageAsync(owner));

        Assert.IsType<ModerationErrors.OwnSubject>(answer.Error);
    }

    [Fact]
    public async Task A_visitor_has_to_sign_in_first()
    {
        await using var world = await ModerationWorld.CreateAsync();

        var answer = await world.ReportAsync(Actor.Visitor("192.0.2.1"), await world.ImageAsync(await world.MemberAsync("olga")));

        Assert.IsType<SignInRequired>(answer.Error);
    }

    [Fact]
    public async Task What_one_may_not_see_can_not_be_reported()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, stranger) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"));
        var hidden = await world.ImageAsync(owner, visibility: Visibility.Private);
        var unlisted = await world.ImageAsync(owner, visibility: Visibility.Unlisted);

        Assert.IsType<NotFound>((await world.ReportAsync(stranger, hidden)).Error);
        Assert.True((await world.ReportAsync(stranger, unlisted)).IsSuccess);
    }

    [Theory]
    [InlineData(ReportReason.Other, null, false)]
    [InlineData(ReportReason.Other, " \n ", false)]
    [InlineData(ReportReason.Other, "It shows me.", true)]
    [InlineData(ReportReason.Harassment, null, true)]
    public async Task Other_needs_words(ReportReason reason, string? words, bool isAccepted)
    {
        await using var world = await ModerationWorld.CreateAsync();

        var answer = await world.ReportAsync(await world.MemberAsync("ben"), await world.ImageAsync(await world.MemberAsync("olga")), reason, words);

        Assert.Equal(isAccepted, answer.IsSuccess);
        if (!isAccepted)
            Assert.Equal("description", Assert.IsType<ValidationFailed>(answer.Error).Fields.Single().Field);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Words_are_counted_as_people_count(int count, bool isAccepted)
    {
        var answer = Report.CheckWords(ReportReason.Spam, string.Concat(Enumerable.Repeat("👩‍🌾", count)));

        Assert.Equal(isAccepted, answer.IsSuccess);
    }

    [Fact]
    public async Task A_member_files_ten_reports_an_hour_and_a_refused_one_does_not_count()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, reporter) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"));
        var images = new List<Image>();
        for (var i = 0; i < 12; i++)
            images.Add(await world.ImageAsync(owner));
        for (var i = 0; i < 10; i++)
        {
            (await world.ReportAsync(reporter, images[i])).Value();
            Assert.IsType<ModerationErrors.AlreadyReported>((await world.ReportAsync(reporter, images[i])).Error);
        }

        Assert.IsType<RateLimitExceeded>((await world.ReportAsync(reporter, images[10])).Error);
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await world.ReportAsync(reporter, images[10])).IsSuccess);
    }

    [Fact]
    public async Task The_queue_shows_the_most_reported_first_and_the_oldest_of_equals()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (owner, moderator) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var (ben, cleo) = (await world.MemberAsync("ben"), await world.MemberAsync("cleo"));
        var (old, young, hot) = (await world.ImageAsync(owner, "old"), await world.ImageAsync(owner, "young"), await world.ImageAsync(owner, "hot"));
        (await world.ReportAsync(ben, old)).Value();
        world.Clock.Advance(TimeSpan.FromHours(1));
        (await world.ReportAsync(ben, young)).Value();
        (await world.ReportAsync(ben, hot)).Value();
        (await world.ReportAsync(cleo, hot)).Value();

        var queue = await world.QueueAsync(moderator);

        Assert.Equal(["hot", "old", "young"], queue.Select(i => Image(i).Title));
        Assert.Equal(4, queue[0].Owner!.Reports);
    }

    private static ImageTile Image(QueueItem item) => Assert.IsType<ImagePreview>(item.Preview).Image.Tile;
}
