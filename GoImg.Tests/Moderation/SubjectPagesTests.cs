using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

/// <summary>Reports and decisions about what is no image, through the pages and without script.</summary>
public sealed class SubjectPagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_comment_is_reported_from_below_its_image_removed_in_the_queue_and_back_by_undo()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, cleo, mia) = await PeopleAsync(app);
        var image = await ana.HasImageAsync();
        var comment = await CommentAsync(app, cleo, image);

        var page = await ben.Http.GetStringAsync($"/i/{image.Slug}", Token);
        Assert.Contains($"/report/comment/{comment}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/report/comment/", await cleo.Http.GetStringAsync($"/i/{image.Slug}", Token), StringComparison.Ordinal);
        await ReportAsync(app, ben, $"/report/comment/{comment}");
        var queue = await mia.Http.GetStringAsync("/moderation", Token);
        Assert.Contains("Cheap &lt;b&gt;pills&lt;/b&gt;", queue, StringComparison.Ordinal);
        Assert.Contains("Comment by cleo", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Hold\"", queue, StringComparison.Ordinal);

        await DecideAsync(mia, queue, ModerationSubject.Of(comment), "Remove");

        Assert.DoesNotContain("Cheap &lt;b&gt;", await ben.Http.GetStringAsync($"/i/{image.Slug}", Token), StringComparison.Ordinal);
        await cleo.NotificationsAsync(1);
        var told = WebUtility.HtmlDecode(await cleo.Http.GetStringAsync("/account/decisions", Token));
        Assert.Contains("Your comment “Cheap <b>pills</b>” was removed. No adverts.", told, StringComparison.Ordinal);
        var decisions = await mia.Http.GetStringAsync("/moderation/decisions", Token);
        Assert.Contains("Comment removed", decisions, StringComparison.Ordinal);
        await UndoAsync(mia, decisions);
        Assert.Contains("Cheap &lt;b&gt;", await ben.Http.GetStringAsync($"/i/{image.Slug}", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_album_is_reported_hidden_and_back_by_undo_and_its_owner_reads_why_on_it()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, _, mia) = await PeopleAsync(app);
        var album = await AlbumAsync(app, ana);
        Assert.Contains($"/report/album/{album.Slug}", await ben.Http.GetStringAsync($"/a/{album.Slug}", Token), StringComparison.Ordinal);
        Assert.DoesNotContain("/report/album/", await ana.Http.GetStringAsync($"/a/{album.Slug}", Token), StringComparison.Ordinal);
        await ReportAsync(app, ben, $"/report/album/{album.Slug}");

        await DecideAsync(mia, await mia.Http.GetStringAsync("/moderation", Token), ModerationSubject.Of(album.Id), "Hold");

        using (var gone = await ben.GetAsync($"/a/{album.Slug}"))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var own = await ana.Http.GetStringAsync($"/a/{album.Slug}", Token);
        Assert.Contains("Held back by a moderator.", own, StringComparison.Ordinal);
        Assert.Contains("No adverts.", own, StringComparison.Ordinal);
        Assert.Contains("held back", await ana.Http.GetStringAsync("/u/ana/albums", Token), StringComparison.Ordinal);
        await UndoAsync(mia, await mia.Http.GetStringAsync("/moderation/decisions", Token));
        using (var back = await ben.GetAsync($"/a/{album.Slug}"))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_member_is_reported_from_their_page_and_suspended_from_the_queue()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, _, mia) = await PeopleAsync(app);
        Assert.Contains("/report/member/ana", await ben.Http.GetStringAsync("/u/ana", Token), StringComparison.Ordinal);
        Assert.DoesNotContain("/report/member/", await ana.Http.GetStringAsync("/u/ana", Token), StringComparison.Ordinal);
        await ReportAsync(app, ben, "/report/member/ana");
        var queue = await mia.Http.GetStringAsync("/moderation", Token);
        Assert.DoesNotContain("value=\"Remove\"", queue, StringComparison.Ordinal);

        await DecideAsync(mia, queue, ModerationSubject.Of(ana.Id), "Suspend");

        using var gone = await ben.GetAsync("/u/ana");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("Nothing is waiting", await mia.Http.GetStringAsync("/moderation", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_meanwhile_stands_in_the_queue_with_what_it_was()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, _, mia) = await PeopleAsync(app);
        var album = await AlbumAsync(app, ana);
        await ReportAsync(app, ben, $"/report/album/{album.Slug}");
        (await app.InScopeAsync<AlbumService, Result>(s => s.DeleteAsync(ana.Actor, album.Id, Token))).Error.IsNull();

        var queue = await mia.Http.GetStringAsync("/moderation", Token);

        Assert.Contains("Deleted meanwhile", queue, StringComparison.Ordinal);
        Assert.Contains("Pills", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Remove\"", queue, StringComparison.Ordinal);
        await DecideAsync(mia, queue, ModerationSubject.Of(album.Id), "Warn");
        Assert.Contains("Nothing is waiting", await mia.Http.GetStringAsync("/moderation", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_case_is_shown_before_the_others_and_what_no_one_reported_can_be_decided_too()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, _, mia) = await PeopleAsync(app);
        var album = await AlbumAsync(app, ana);
        await ReportAsync(app, ben, "/report/member/ana");
        await ReportAsync(app, ben, $"/report/album/{(await AlbumAsync(app, ana)).Slug}");

        var member = await mia.Http.GetStringAsync($"/moderation?about=member:{ana.Id}", Token);
        var unreported = await mia.Http.GetStringAsync($"/moderation?about=album:{album.Id}", Token);

        Assert.Contains($"name=\"about\" value=\"member:{ana.Id}\"", member, StringComparison.Ordinal);
        Assert.Contains("No one has an open report about this album.", unreported, StringComparison.Ordinal);
        foreach (var nothing in new[] { "album:x", "tag:" + ana.Id, $"comment:{ana.Id}" })
            using (var absent = await mia.GetAsync($"/moderation?about={nothing}"))
                Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task There_is_no_form_to_report_what_one_can_not_see()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, _, _) = await PeopleAsync(app);
        var comment = await CommentAsync(app, ana, await ana.HasImageAsync(Visibility.Private));
        var album = await AlbumAsync(app, ana, Visibility.Private);

        foreach (var path in new[] { $"comment/{comment}", $"comment/{Guid.Empty}", $"album/{album.Slug}", "album/x", "member/nobody" })
            using (var absent = await ben.GetAsync($"/report/{path}"))
                Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    private static async Task<(MemberClient Ana, MemberClient Ben, MemberClient Cleo, MemberClient Mia)> PeopleAsync(GoImgApp app) =>
        (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"), await app.SignUpAsync("cleo"), await app.SignUpAsync("mia", Role.Moderator));

    private static async Task<CommentId> CommentAsync(GoImgApp app, MemberClient author, Image image) =>
        (await app.InScopeAsync<CommentService, Result<CommentId>>(s => s.AddAsync(author.Actor, image.Id, "Cheap <b>pills</b>", Token))).Value();

    private static async Task<Album> AlbumAsync(GoImgApp app, MemberClient owner, Visibility visibility = Visibility.Public) =>
        (
            await app.InScopeAsync<AlbumService, Result<Album>>(s =>
                s.CreateAsync(owner.Actor, AlbumDetails.Create("Pills", "", visibility, AlbumOrder.Manual).Value(), Token)
            )
        ).Value();

    private static async Task ReportAsync(GoImgApp app, MemberClient reporter, string page)
    {
        using var sent = await reporter.Http.PostFormAsync(page, "report", new() { ["reason"] = "Spam" });
        Assert.Equal($"{page}?sent=1", new Uri(app.Address, sent.Headers.Location!).PathAndQuery);
        Assert.Contains("Thank you", await reporter.Http.GetStringAsync($"{page}?sent=1", Token), StringComparison.Ordinal);
    }

    private static async Task DecideAsync(MemberClient moderator, string queue, ModerationSubject subject, string action)
    {
        Assert.Contains($"value=\"{action}\"", queue, StringComparison.Ordinal);
        using var decided = await moderator.Http.PostFormAsync(
            "/moderation",
            null,
            new()
            {
                ["about"] = subject.ToString(),
                ["action"] = action,
                ["message"] = "No adverts.",
            },
            "/moderation/decide"
        );
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
    }

    private static async Task UndoAsync(MemberClient moderator, string decisions)
    {
        var from = decisions.IndexOf("/undo?returnUrl=", StringComparison.Ordinal);
        var start = decisions.LastIndexOf('"', from) + 1;
        var action = WebUtility.HtmlDecode(decisions[start..decisions.IndexOf('"', from)]);
        using var undone = await moderator.Http.PostFormAsync("/moderation/decisions", null, [], action);
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
    }
}
